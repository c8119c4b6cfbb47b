"""Reads what the tutor sends, the way its clients do."""

import json
from collections.abc import AsyncIterator
from typing import Any

from fastapi.testclient import TestClient
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from backend.tutoring.answer import Event

EVENT_STREAM = {"accept": "text/event-stream"}


def events_of(text: str) -> list[tuple[str, Any]]:
    """The server-sent events of `/api/v1/ask`: name and data."""
    events = []
    for block in text.strip().split("\n\n"):
        name, data = block.split("\n")
        events.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return events


def stream(client: TestClient, question: str, **more: Any) -> list[tuple[str, Any]]:
    """Ask with a stream of events."""
    response = client.post("/api/v1/ask", json={"question": question, **more}, headers=EVENT_STREAM)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].startswith("text/event-stream")
    return events_of(response.text)


def ask(client: TestClient, question: str, **more: Any) -> dict[str, Any]:
    """Ask with one answer."""
    response = client.post("/api/v1/ask", json={"question": question, **more})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


async def all_of(events: AsyncIterator[Event]) -> list[Event]:
    return [event async for event in events]


def active_content(markdown: str) -> list[str]:
    """What in a Markdown text would act on its reader: links, pictures and HTML, as a browser would get them."""
    found: list[str] = []

    def look(tokens: list[Token]) -> None:
        for token in tokens:
            if token.type in ("link_open", "image", "html_block", "html_inline"):
                found.append(f"{token.type} {token.content} {dict(token.attrs)}")
            look(token.children or [])

    plain = MarkdownIt("commonmark", {"html": True}).enable("table")
    look(plain.parse(markdown))
    look(plain.use(dollarmath_plugin, double_inline=True).parse(markdown))
    return found
