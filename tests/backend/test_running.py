"""Starting the tutor and its page, and stopping them together."""

import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI

from backend.errors import TutorError
from backend.main import create_app
from backend.running import Processes, backend_command, check_ports, page_command, wait_until_ready
from backend.settings import BackendSettings
from ingest.embedding import Embedding
from ingest.settings import IngestSettings
from tests.live import free_port, live

FOREVER = [sys.executable, "-c", "import time; time.sleep(60)"]


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which something listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_what_was_started_is_stopped_together() -> None:
    with Processes() as processes:
        processes.start("API", FOREVER, {})
        processes.start("page", FOREVER, {})
        assert processes.first_ended() is None
        running = dict(processes.running)
    assert [process.returncode for process in running.values()] == [-15, -15]


def test_what_was_started_is_stopped_when_something_goes_wrong() -> None:
    processes = Processes()

    def fail() -> None:
        with processes:
            processes.start("API", FOREVER, {})
            raise TutorError("x")

    with pytest.raises(TutorError):
        fail()
    assert processes.running["API"].returncode == -15


def test_a_process_that_ends_by_itself_is_named() -> None:
    with Processes() as processes:
        processes.start("API", FOREVER, {})
        processes.start("page", [sys.executable, "-c", ""], {})
        processes.running["page"].wait()
        assert processes.first_ended() == "page"


def test_a_process_gets_its_environment(tmp_path: Path) -> None:
    code = "import os, pathlib; pathlib.Path(os.environ['STEPWISE_TARGET']).write_text('here')"
    with Processes() as processes:
        processes.start("API", [sys.executable, "-c", code], {"STEPWISE_TARGET": str(tmp_path / "file")})
        assert processes.running["API"].wait() == 0
    assert (tmp_path / "file").read_text() == "here"


def test_free_ports_are_fine() -> None:
    check_ports("127.0.0.1", port=free_port(), page_port=free_port())


def test_a_port_in_use_is_told_with_the_option_and_the_variable(taken: int) -> None:
    with pytest.raises(TutorError) as refused:
        check_ports("127.0.0.1", port=free_port(), page_port=taken)
    assert str(refused.value) == (
        f"Port {taken} is in use: stop what listens there, or choose another with --page-port (STEPWISE_PAGE_PORT)."
    )


def test_the_commands_listen_where_the_settings_say() -> None:
    settings = BackendSettings.model_validate({"host": "127.0.0.2", "port": 9001, "page_port": 9002})
    backend, page = backend_command(settings), page_command(settings)
    assert backend[backend.index("--host") + 1] == "127.0.0.2"
    assert backend[backend.index("--port") + 1] == "9001"
    assert page[page.index("--server.address") + 1] == "127.0.0.2"
    assert page[page.index("--server.port") + 1] == "9002"
    assert Path(page[page.index("run") + 1]).exists()
    assert page[page.index("--browser.gatherUsageStats") + 1] == "false"


def test_a_tutor_that_answers_is_ready(quoting_app: FastAPI) -> None:
    with live(quoting_app) as address:
        assert wait_until_ready(address, lambda: False)["ready"] is True


def test_a_tutor_that_ended_is_not_waited_for() -> None:
    with pytest.raises(TutorError, match=r"did not start: it does not answer\. Run `stepwise doctor`"):
        wait_until_ready(f"http://127.0.0.1:{free_port()}", lambda: True)


def test_why_a_tutor_does_not_get_ready_is_told(own_home: IngestSettings, embedding: Embedding, tmp_path: Path) -> None:
    empty = IngestSettings(home=tmp_path / "empty", corpus=own_home.corpus)
    asked = iter([False, True])
    with (
        live(create_app(BackendSettings(model="none"), empty, embedding=embedding)) as address,
        pytest.raises(TutorError, match="run `stepwise refresh`"),
    ):
        wait_until_ready(address, lambda: next(asked))
