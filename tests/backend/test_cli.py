"""The `stepwise` command: what it prints, where, and how it exits."""

import json
import logging
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from backend import model_files
from backend.cli import app, main
from backend.main import create_app
from backend.model_files import QWEN_CODER, FetchFailed
from backend.settings import BackendSettings, backend_settings
from backend.tutoring.answer import Answer
from ingest.embedding import Embedding
from ingest.settings import IngestSettings, ingest_settings
from ingest.snapshots import SnapshotStore
from tests.conftest import copy_corpus
from tests.fakes import FakeModel
from tests.live import free_port, live

ASK = "What is gradient descent?"


@dataclass(frozen=True)
class Ran:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


Stepwise = Callable[..., Ran]


@pytest.fixture
def stepwise(
    own_home: IngestSettings,
    embedding: Embedding,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Stepwise]:
    """Runs a command in this process, as the console script does, on a home of its own; the weights are loaded once."""
    for name in ("ingest.embedding.Embedding", "backend.main.Embedding"):
        monkeypatch.setattr(name, lambda *_, **__: embedding)

    def run(*arguments: str, **environment: object) -> Ran:
        given = {"HOME": own_home.home, "CORPUS": own_home.corpus, "MODEL": "none", "PORT": free_port(), **environment}
        for name, value in given.items():
            monkeypatch.setenv(f"STEPWISE_{name}", str(value))
        backend_settings.cache_clear()
        ingest_settings.cache_clear()
        monkeypatch.setattr(sys, "argv", ["stepwise", *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return Ran(int(str(ended.value.code or 0)), printed.out, printed.err)

    levels = {name: logging.getLogger(name).level for name in ("httpx", "httpx2", "sentence_transformers", "alembic")}
    yield run
    backend_settings.cache_clear()
    ingest_settings.cache_clear()
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def edit_a_note(ingest: IngestSettings) -> None:
    note = ingest.corpus / "notes" / "python-basics" / "lists.md"
    note.write_text(note.read_text("utf-8") + "\n## News\n\nLists can hold a quokka.\n", "utf-8")


class TestAsk:
    def test_json_is_the_answer_and_nothing_else(self, stepwise: Stepwise) -> None:
        ran = stepwise("ask", ASK, "--json")
        answer = Answer.model_validate_json(ran.out)
        assert (ran.code, ran.err) == (0, "")
        assert (answer.status, answer.engine, answer.question) == ("answered", "quote", ASK)

    def test_quotes_and_sources_are_printed(self, stepwise: Stepwise) -> None:
        ran = stepwise("ask", ASK)
        assert ran.code == 0
        assert "Step 4: " in ran.out
        assert "\nSources\n[1] Gradient descent > " in ran.out

    def test_quoting_asks_no_model_even_if_one_is_set(self, stepwise: Stepwise) -> None:
        answer = Answer.model_validate_json(stepwise("ask", ASK, "--quote", "--json", MODEL="openai:gpt-5").out)
        assert (answer.engine, answer.degraded) == ("quote", None)

    def test_a_model_that_cannot_be_used_leaves_the_quotes(
        self, stepwise: Stepwise, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("OPENAI_API_KEY", raising=False)
        ran = stepwise("ask", ASK, MODEL="openai:gpt-5")
        assert ran.code == 0
        assert "[1]" in ran.out
        assert "The model openai:gpt-5 cannot be used" in ran.out

    def test_a_running_tutor_is_asked(
        self, stepwise: Stepwise, own_home: IngestSettings, embedding: Embedding, tmp_path: Path
    ) -> None:
        model = FakeModel().will_say("Gradient descent lowers a cost step by step. ")
        tutor = create_app(BackendSettings(model="none"), own_home, embedding=embedding, model=model)
        with live(tutor) as address:
            port = address.rsplit(":", 1)[1]
            ran = stepwise("ask", ASK, "--json", PORT=port, HOME=tmp_path / "nowhere")
            wrong = stepwise("ask", " ", PORT=port, HOME=tmp_path / "nowhere")
        assert Answer.model_validate_json(ran.out).engine == "fake"
        assert len(model.prompts) == 1
        assert (wrong.code, wrong.err) == (1, "The question is empty: type what you want to know.\n")

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            ((" ",), "The question is empty: type what you want to know."),
            ((ASK, "--step", "9"), "There is no step 9: choose one from 1 to 6, or leave it out."),
            (("a" * 30_000,), "at most 20000 can be read"),
        ],
    )
    def test_a_wrong_question_is_told_in_one_line(
        self, stepwise: Stepwise, arguments: tuple[str, ...], words: str
    ) -> None:
        ran = stepwise("ask", *arguments)
        assert (ran.code, ran.out) == (1, "")
        assert words in ran.err
        assert ran.err.count("\n") == 1

    def test_without_an_index_the_command_that_builds_it_is_named(self, stepwise: Stepwise, tmp_path: Path) -> None:
        ran = stepwise("ask", ASK, HOME=tmp_path / "empty")
        assert (ran.code, ran.out) == (1, "")
        assert ran.err == "There is no index yet: run `stepwise refresh` to build it.\n"


class TestUsage:
    @pytest.mark.parametrize(
        "arguments",
        [("ask",), ("ask", ASK, "--step", "four"), ("nonsense",), ("ask", ASK, "--loud"), ("model", "nonsense")],
    )
    def test_wrong_usage_exits_with_2(self, stepwise: Stepwise, arguments: tuple[str, ...]) -> None:
        ran = stepwise(*arguments)
        assert (ran.code, ran.out) == (2, "")
        assert "Usage: " in ran.err

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("MODEL", "gpt-5"),
            ("PORT", "99999"),
            ("LOG_LEVEL", "loud"),
            ("KEEP_SNAPSHOTS", "0"),
            ("FETCH_MODEL", "maybe"),
        ],
    )
    def test_a_wrong_setting_is_named_in_one_line(self, stepwise: Stepwise, name: str, value: str) -> None:
        ran = stepwise("status", **{name: value})
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith(f"STEPWISE_{name} is not valid ({value!r}): ")
        assert "docs/settings.md" in ran.err
        assert ran.err.count("\n") == 1

    def test_a_wrong_option_is_named_like_its_setting(self, stepwise: Stepwise) -> None:
        ran = stepwise("serve", "--model", "gpt-5")
        assert ran.code == 2
        assert ran.err.startswith("STEPWISE_MODEL is not valid")

    def test_every_command_has_help(self, stepwise: Stepwise) -> None:
        names = [
            str(command.name or command.callback.__name__) for command in app.registered_commands if command.callback
        ]
        assert {"up", "serve", "chat", "ask", "refresh", "rollback", "status", "lint", "doctor"} <= set(names)
        for name in names:
            ran = stepwise(name, "--help")
            assert ran.code == 0
            assert f"stepwise {name}" in ran.out


class TestPorts:
    @pytest.mark.parametrize("command", ["up", "serve"])
    def test_an_api_does_not_start_where_something_listens(self, stepwise: Stepwise, taken: int, command: str) -> None:
        ran = stepwise(command, PORT=taken)
        assert ran.code == 1
        assert ran.err.startswith(f"Port {taken} is in use")
        assert "--port (STEPWISE_PORT)" in ran.err

    @pytest.mark.parametrize("command", ["up", "chat"])
    def test_a_page_does_not_start_where_something_listens(self, stepwise: Stepwise, taken: int, command: str) -> None:
        ran = stepwise(command, "--page-port", str(taken))
        assert ran.code == 1
        assert "--page-port (STEPWISE_PAGE_PORT)" in ran.err


class TestTheIndex:
    def test_refresh_tells_what_it_did(self, stepwise: Stepwise, own_home: IngestSettings) -> None:
        edit_a_note(own_home)
        planned = stepwise("refresh", "--dry-run")
        before = SnapshotStore(own_home.home).current_id()
        assert "would be added 1, would be changed 0" in planned.out
        ran = stepwise("refresh", "--json")
        summary = json.loads(ran.out)
        assert ran.code == 0
        assert (summary["added"], summary["changed"], summary["removed"]) == (1, 0, 0)
        assert summary["snapshot"] == SnapshotStore(own_home.home).current_id() != before

    def test_rollback_serves_the_snapshot_before(self, stepwise: Stepwise, own_home: IngestSettings) -> None:
        before = SnapshotStore(own_home.home).current_id()
        edit_a_note(own_home)
        stepwise("refresh")
        ran = stepwise("rollback")
        assert (ran.code, ran.out) == (0, f"Serving {before} again.\n")
        assert SnapshotStore(own_home.home).current_id() == before

    def test_without_an_earlier_snapshot_rollback_says_so(self, stepwise: Stepwise) -> None:
        ran = stepwise("rollback")
        assert (ran.code, ran.out) == (1, "")
        assert "no earlier snapshot" in ran.err

    def test_a_second_refresh_at_the_same_time_says_so(self, stepwise: Stepwise, own_home: IngestSettings) -> None:
        edit_a_note(own_home)
        with SnapshotStore(own_home.home).writing():
            ran = stepwise("refresh")
        assert ran.code == 1
        assert f"process {os.getpid()}" in ran.err

    def test_a_corpus_file_that_cannot_be_read_is_named(self, stepwise: Stepwise, own_home: IngestSettings) -> None:
        note = own_home.corpus / "notes" / "python-basics" / "lists.md"
        note.write_text("no front matter at all\n")
        ran = stepwise("refresh")
        assert ran.code == 1
        assert "lists.md" in ran.err
        assert ran.err.count("\n") == 1


class TestReports:
    def test_status_as_json(self, stepwise: Stepwise, own_home: IngestSettings) -> None:
        ran = stepwise("status", "--json")
        report = json.loads(ran.out)
        assert ran.code == 0
        assert report["snapshot"] == SnapshotStore(own_home.home).current_id()
        assert report["home"] == str(own_home.home)

    def test_status_for_people(self, stepwise: Stepwise, own_home: IngestSettings) -> None:
        ran = stepwise("status")
        assert ran.code == 0
        assert str(own_home.home) in ran.out

    def test_doctor_exits_with_0_where_all_is_well(self, stepwise: Stepwise) -> None:
        ran = stepwise("doctor", PAGE_PORT=free_port())
        assert ran.code == 0
        assert all(line.startswith("ok ") for line in ran.out.splitlines())

    def test_doctor_exits_with_1_where_something_needed_is_missing(self, stepwise: Stepwise, tmp_path: Path) -> None:
        ran = stepwise("doctor", HOME=tmp_path / "empty")
        assert ran.code == 1
        (bad,) = (line for line in ran.out.splitlines() if line.startswith("BAD"))
        assert "run `stepwise refresh`" in bad

    def test_doctor_notes_what_can_be_done_without(self, stepwise: Stepwise) -> None:
        ran = stepwise("doctor", MODEL="local", PAGE_PORT=free_port())
        assert ran.code == 0
        assert "run `stepwise model pull`" in ran.out

    def test_lint_exits_with_1_on_an_error(self, stepwise: Stepwise, tmp_path: Path) -> None:
        small = copy_corpus(tmp_path / "small", notes=("path/whole-path",), resources=())
        note = small / "notes" / "path" / "whole-path.md"
        note.write_text(note.read_text("utf-8") + "\nSee [[quokka]].\n", "utf-8")
        ran = stepwise("lint", CORPUS=small)
        assert ran.code == 1
        assert "quokka" in ran.out


class TestTheModel:
    def test_list_says_whether_it_is_here(self, stepwise: Stepwise, own_home: IngestSettings) -> None:
        assert "not here: run `stepwise model pull`" in stepwise("model", "list").out
        file = own_home.home / "models" / QWEN_CODER.name
        file.parent.mkdir()
        file.write_bytes(b"x")
        ran = stepwise("model", "list")
        assert str(file) in ran.out
        assert "Apache-2.0" in ran.out

    def test_remove_deletes_it(self, stepwise: Stepwise, own_home: IngestSettings) -> None:
        file = own_home.home / "models" / QWEN_CODER.name
        file.parent.mkdir()
        file.write_bytes(b"x")
        assert stepwise("model", "remove").out == "Deleted.\n"
        assert not file.exists()
        assert stepwise("model", "remove").out == "There was nothing to delete.\n"

    def test_pull_tells_where_it_is(self, stepwise: Stepwise, own_home: IngestSettings) -> None:
        file = own_home.home / "models" / QWEN_CODER.name
        file.parent.mkdir()
        file.write_bytes(b"x")
        ran = stepwise("model", "pull")
        assert ran.code == 0
        assert str(file) in ran.out

    def test_a_fetch_that_fails_is_told_in_one_line(self, stepwise: Stepwise, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*_: object) -> None:
            raise FetchFailed("The language model cannot be fetched: no network.")

        monkeypatch.setattr(model_files, "fetch", fail)
        ran = stepwise("model", "pull")
        assert (ran.code, ran.out, ran.err) == (1, "", "The language model cannot be fetched: no network.\n")


def test_the_console_script_is_this_command(own_home: IngestSettings) -> None:
    script = Path(sys.executable).with_name("stepwise")
    environment = {**os.environ, "STEPWISE_HOME": str(own_home.home / "empty"), "STEPWISE_CORPUS": str(own_home.corpus)}
    ran = subprocess.run([script, "rollback"], env=environment, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr == "There is no index yet: run `stepwise refresh` to build it.\n"


def test_a_pipe_that_closes_early_is_no_crash(own_home: IngestSettings) -> None:
    head = shutil.which("true")
    script = Path(sys.executable).with_name("stepwise")
    command = f"{script} status --json | {head}"
    environment = {**os.environ, "STEPWISE_HOME": str(own_home.home), "STEPWISE_CORPUS": str(own_home.corpus)}
    ran = subprocess.run(["bash", "-c", command], env=environment, capture_output=True, text=True, check=False)
    assert "Traceback" not in ran.stderr
