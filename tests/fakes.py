"""Stand-ins for what is remote or must fail on cue.

`FakeModel` is a language model with a queue of answers and a history of prompts. `openai_server` is a provider's API on
a loopback port. Everything else in the tests is real.
"""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from backend.language_model import ModelFailed, Prompt
from backend.local_model import ModelStatus


@dataclass(frozen=True)
class Pause:
    """In an answer: wait this long before the next words."""

    seconds: float


@dataclass
class FakeModel:
    """Streams the next queued answer: words, pauses, and errors to raise, in order."""

    answers: list[list[str | Pause | Exception]] = field(default_factory=list)
    name: str = "fake"
    is_strong: bool = False
    status: ModelStatus = field(default_factory=lambda: ModelStatus("fake", "ready"))
    prompts: list[Prompt] = field(default_factory=list)

    def will_say(self, *pieces: str | Pause | Exception) -> "FakeModel":
        self.answers.append(list(pieces))
        return self

    async def stream(self, prompt: Prompt) -> AsyncIterator[str]:
        self.prompts.append(prompt)
        if self.status.state != "ready":
            raise ModelFailed(self.status.reason)
        for piece in self.answers.pop(0):
            if isinstance(piece, Exception):
                raise piece
            if isinstance(piece, Pause):
                await asyncio.sleep(piece.seconds)
            else:
                yield piece


@dataclass
class Provider:
    """A provider's server: what it will say, what it was asked, and whether it breaks off after so many pieces."""

    url: str = ""
    pieces: list[str] = field(default_factory=lambda: ["Gradient descent ", "moves against the gradient."])
    breaks_after: int | None = None
    status: int = 200
    requests: list[dict[str, object]] = field(default_factory=list)


@contextmanager
def openai_server() -> Iterator[Provider]:
    """A server on a loopback port that speaks the streaming chat completions of OpenAI."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            provider.requests.append(json.loads(body))
            self.send_response(provider.status)
            if provider.status != 200:
                self.send_header("content-type", "application/json")
                self.end_headers()
                self.wfile.write(b'{"error": {"message": "quota exceeded", "type": "x", "code": null}}')
                return
            self.send_header("content-type", "text/event-stream")
            self.end_headers()
            for number, piece in enumerate(provider.pieces):
                if number == provider.breaks_after:
                    return
                self._send({"content": piece}, None)
            self._send({}, "stop")
            self.wfile.write(b"data: [DONE]\n\n")

        def _send(self, delta: dict[str, str], finish: str | None) -> None:
            choice = {"index": 0, "delta": delta, "finish_reason": finish}
            chunk = {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": [choice]}
            self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
