"""One question from the command line: over HTTP to a tutor that is running, or else to one in this process.

Both ways give the same events. Knows the event stream of `/api/v1/ask`. Does not know how a terminal looks.
"""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx2
from pydantic import TypeAdapter

from backend.errors import TutorError
from backend.language_model import InProcessModel
from backend.main import create_tutor
from backend.settings import BackendSettings
from backend.tutoring.answer import Answer, Done, Event, Failed, Question
from ingest.settings import IngestSettings

_EVENT: TypeAdapter[Event] = TypeAdapter(Event)
_PROBE_SECONDS = 1.0


async def ask(question: Question, settings: BackendSettings, ingest: IngestSettings) -> AsyncIterator[Event]:
    """The events of one turn.

    Raises:
        TutorError: The question cannot be answered; the message says why and what to do.
    """
    url = f"http://{settings.host}:{settings.port}"
    events = _over_http(url, question) if await _is_running(url) else _in_process(question, settings, ingest)
    async for event in events:
        yield event


async def _is_running(url: str) -> bool:
    try:
        async with httpx2.AsyncClient(timeout=_PROBE_SECONDS) as client:
            body = (await client.get(f"{url}/readyz")).json()
    except (httpx2.HTTPError, ValueError):
        return False
    return isinstance(body, dict) and body.get("ready") is True


async def _over_http(url: str, question: Question) -> AsyncIterator[Event]:
    event: Event | None = None
    try:
        async for event in _events(url, question):
            if isinstance(event, Failed):
                raise TutorError(str(event.problem["detail"]))
            yield event
    except httpx2.HTTPError as error:
        raise TutorError(f"The tutor at {url} went away ({error}): ask again.") from error
    if not isinstance(event, Done):
        raise TutorError(f"The tutor at {url} went away in the middle of its answer: ask again.")


async def _events(url: str, question: Question) -> AsyncIterator[Event]:
    body, headers = question.model_dump(mode="json"), {"accept": "text/event-stream"}
    async with (
        httpx2.AsyncClient(timeout=None) as client,
        client.stream("POST", f"{url}/api/v1/ask", json=body, headers=headers) as response,
    ):
        if response.status_code != httpx2.codes.OK:
            raise TutorError(json.loads(await response.aread())["detail"])
        name = ""
        async for line in response.aiter_lines():
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data: "):
                yield _parse(name, json.loads(line.removeprefix("data: ")))


async def _in_process(question: Question, settings: BackendSettings, ingest: IngestSettings) -> AsyncIterator[Event]:
    with create_tutor(settings, ingest) as tutor:
        turn = await tutor.begin(question)
        if isinstance(tutor.model, InProcessModel) and question.mode != "quote":
            await tutor.model.loaded()
        async for event in turn.events():
            yield event


def _parse(name: str, data: dict[str, Any]) -> Event:
    if name == "done":
        return Done(answer=Answer.model_validate(data))
    return _EVENT.validate_python({"event": name, **data})
