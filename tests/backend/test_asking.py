"""A question from the command line: to the tutor that runs, or to one in this process."""

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from backend.asking import ask
from backend.errors import EmptyQuestion, NotReady, TutorError
from backend.main import create_app
from backend.settings import BackendSettings
from backend.tutoring.answer import Answer, Done, Event, Question
from ingest.embedding import Embedding
from ingest.settings import IngestSettings
from tests.backend.reading import all_of
from tests.fakes import FakeModel
from tests.live import free_port, live

ASK = Question(question="What is gradient descent?")
GROUNDED = "Gradient descent lowers a cost step by step. "


@pytest.fixture(autouse=True)
def _loaded_once(embedding: Embedding, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tutor in this process need not load the weights again."""
    monkeypatch.setattr("backend.main.Embedding", lambda **_: embedding)


def told(question: Question, ingest: IngestSettings, port: int, **settings: object) -> list[Event]:
    backend = BackendSettings.model_validate({"model": "none", "port": port, **settings})
    return asyncio.run(all_of(ask(question, backend, ingest)))


def port_of(address: str) -> int:
    return int(address.rsplit(":", 1)[1])


def without_what_changes(events: list[Event]) -> list[dict[str, object]]:
    changing = {"answer": {"id", "conversation_id", "timings_ms"}}
    return [event.model_dump(exclude=changing if isinstance(event, Done) else None) for event in events]


def test_without_a_server_the_question_is_answered_in_this_process(own_home: IngestSettings) -> None:
    events = told(ASK, own_home, free_port())
    assert events[0].event == "understood"
    done = events[-1]
    assert isinstance(done, Done)
    assert done.answer.status == "answered"


def test_a_running_tutor_is_asked_and_tells_the_same(
    own_home: IngestSettings, embedding: Embedding, tmp_path: Path
) -> None:
    nowhere = IngestSettings(home=tmp_path / "nowhere", corpus=own_home.corpus)
    model = FakeModel().will_say(GROUNDED)
    app = create_app(BackendSettings(model="none"), own_home, embedding=embedding, model=model)
    with live(app) as address:
        events = told(ASK, nowhere, port_of(address))
        quoted = told(Question(question=ASK.question, mode="quote"), nowhere, port_of(address))
    assert "token" in [event.event for event in events]
    assert len(model.prompts) == 1
    in_process = told(Question(question=ASK.question, mode="quote"), own_home, free_port())
    assert without_what_changes(quoted) == without_what_changes(in_process)


def test_a_running_tutors_refusal_is_an_error_with_its_words(own_home: IngestSettings, embedding: Embedding) -> None:
    app = create_app(BackendSettings(model="none"), own_home, embedding=embedding)
    with live(app) as address, pytest.raises(TutorError, match="type what you want to know"):
        told(Question(question=" "), own_home, port_of(address))


def test_a_refusal_in_this_process_is_the_same_error(own_home: IngestSettings) -> None:
    with pytest.raises(EmptyQuestion):
        told(Question(question=" "), own_home, free_port())


def test_without_an_index_the_command_that_builds_it_is_named(tmp_path: Path, own_home: IngestSettings) -> None:
    with pytest.raises(NotReady, match="stepwise refresh"):
        told(ASK, IngestSettings(home=tmp_path / "empty", corpus=own_home.corpus), free_port())


def test_a_local_model_is_waited_for_before_it_is_asked(own_home: IngestSettings, small_model_file: Path) -> None:
    done = told(ASK, own_home, free_port(), model="local", model_file=small_model_file, explanation_seconds=0.5)[-1]
    assert isinstance(done, Done)
    # Whether so small a model says anything usable in this time is open; that it was loaded when it was asked is not.
    degraded = done.answer.degraded or ""
    assert done.answer.engine == small_model_file.stem or "did not rest" in degraded or "took longer" in degraded


@contextmanager
def odd_server(readyz: bytes, events: bytes = b"", *, is_cut: bool = False) -> Iterator[int]:
    """Something that listens on a port: says this at `/readyz`, and these events to a question."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-length", str(len(readyz)))
            self.end_headers()
            self.wfile.write(readyz)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            self.send_response(200)
            self.send_header("content-length", str(len(events) + 100 * is_cut))
            self.send_header("connection", "close")
            self.end_headers()
            self.wfile.write(events)
            self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"ready": false}', b"\xff"])
def test_another_program_on_the_port_is_not_asked(own_home: IngestSettings, body: bytes) -> None:
    with odd_server(body) as port:
        assert isinstance(told(ASK, own_home, port)[-1], Done)


@pytest.mark.parametrize("is_cut", [True, False], ids=["cut off", "ended without an answer"])
def test_a_tutor_that_goes_away_in_the_middle_is_told_in_a_sentence(own_home: IngestSettings, is_cut: bool) -> None:
    token = b'event: token\ndata: {"text": "Gradient"}\n\n'
    server = odd_server(b'{"ready": true}', token, is_cut=is_cut)
    with server as port, pytest.raises(TutorError, match=r"went away .*: ask again"):
        told(ASK, own_home, port)


def test_an_error_event_is_raised_with_its_words(own_home: IngestSettings) -> None:
    error = b"event: error\ndata: " + json.dumps({"problem": {"detail": "It broke: ask again."}}).encode() + b"\n\n"
    with odd_server(b'{"ready": true}', error) as port, pytest.raises(TutorError, match="It broke: ask again"):
        told(ASK, own_home, port)


def test_the_answer_is_whole_after_its_way_over_http(own_home: IngestSettings, embedding: Embedding) -> None:
    app = create_app(BackendSettings(model="none"), own_home, embedding=embedding)
    with live(app) as address:
        done = told(ASK, own_home, port_of(address))[-1]
    assert isinstance(done, Done)
    assert Answer.model_validate_json(done.answer.model_dump_json()) == done.answer
    assert done.answer.sources
