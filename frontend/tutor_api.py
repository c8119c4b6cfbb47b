"""The only HTTP of the page: the routes of the tutor that it uses, as functions.

Knows addresses, the event stream and its errors. Does not know how anything looks.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx2

_CONNECT_SECONDS = 5
_SHORT = httpx2.Timeout(15, connect=_CONNECT_SECONDS)
# A model may think for a minute before its first word; the backend keeps the deadlines.
_PATIENT = httpx2.Timeout(300, connect=_CONNECT_SECONDS)


class TutorUnavailable(RuntimeError):
    """The tutor did not answer, or said that it cannot; the message is for the learner."""


@dataclass(frozen=True)
class Event:
    """One event of the answer's stream: `name` as in the API, `data` its JSON."""

    name: str
    data: dict[str, Any]


class TutorApi:
    """The tutor at one address. `transport` is for tests that bring their own."""

    def __init__(self, url: str, public_url: str | None = None, transport: httpx2.BaseTransport | None = None) -> None:
        self.url = url.rstrip("/")
        self.public_url = (public_url or url).rstrip("/")
        self._client = httpx2.Client(base_url=self.url, timeout=_SHORT, transport=transport)

    @classmethod
    def from_environment(cls) -> "TutorApi":
        """The tutor at `STEPWISE_URL`; readers reach its notes at `STEPWISE_PUBLIC_URL` if that differs."""
        return cls(os.environ.get("STEPWISE_URL", "http://127.0.0.1:8000"), os.environ.get("STEPWISE_PUBLIC_URL"))

    def readiness(self) -> dict[str, Any]:
        """What `/readyz` says.

        Raises:
            TutorUnavailable: No question can be answered yet; the message says why.
        """
        return self._get("/readyz")

    def curriculum(self) -> dict[str, Any]:
        return self._get("/api/v1/curriculum")

    def passage(self, snapshot: str, passage_id: str) -> dict[str, Any]:
        return self._get(f"/api/v1/passages/{snapshot}/{passage_id}")

    def ask(self, question: str, conversation_id: str | None, step: int | None) -> Iterator[Event]:
        """The events of one answer as they come.

        Raises:
            TutorUnavailable: The question was refused, or the tutor cannot be reached.
        """
        body = {"question": question, "conversation_id": conversation_id, "step": step}
        headers = {"accept": "text/event-stream"}
        try:
            with self._client.stream("POST", "/api/v1/ask", json=body, headers=headers, timeout=_PATIENT) as response:
                if response.status_code != httpx2.codes.OK:
                    response.read()
                    raise TutorUnavailable(_detail(response))
                yield from _events(response.iter_lines())
        except httpx2.HTTPError as error:
            raise TutorUnavailable(f"The tutor at {self.url} broke off ({error}). Ask again.") from error

    def link(self, path: str) -> str:
        """A path of the tutor as an address that a reader's browser can open."""
        return self.public_url + path

    def _get(self, path: str) -> dict[str, Any]:
        try:
            response = self._client.get(path)
        except httpx2.HTTPError as error:
            raise TutorUnavailable(
                f"The tutor at {self.url} does not answer ({error}). Start it with `make run` or `stepwise serve`."
            ) from error
        if response.status_code != httpx2.codes.OK:
            raise TutorUnavailable(_detail(response))
        found: dict[str, Any] = response.json()
        return found


def _events(lines: Iterator[str]) -> Iterator[Event]:
    name = ""
    for line in lines:
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            data = json.loads(line.removeprefix("data: "))
            if name == "error":
                raise TutorUnavailable(str(data["problem"]["detail"]))
            yield Event(name, data)


def _detail(response: httpx2.Response) -> str:
    try:
        return str(response.json()["detail"])
    except (ValueError, KeyError, TypeError):
        return f"The tutor answered with status {response.status_code}."
