"""The page's HTTP: events in, errors in words."""

import httpx2
import pytest

from frontend.tutor_api import TutorApi, TutorUnavailable


def api_that_answers(status: int, body: str, kind: str = "application/json") -> TutorApi:
    def answer(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(status, text=body, headers={"content-type": kind})

    return TutorApi("http://tutor.test", transport=httpx2.MockTransport(answer))


def test_events_come_in_order_with_their_data() -> None:
    stream = 'event: sources\ndata: {"sources": []}\n\nevent: token\ndata: {"text": "a: b"}\n\n'
    events = list(api_that_answers(200, stream, "text/event-stream").ask("q", None, None))
    assert [(event.name, event.data) for event in events] == [("sources", {"sources": []}), ("token", {"text": "a: b"})]


def test_an_error_event_is_raised_with_its_detail() -> None:
    stream = 'event: error\ndata: {"problem": {"detail": "ask again"}}\n\n'
    with pytest.raises(TutorUnavailable, match="ask again"):
        list(api_that_answers(200, stream, "text/event-stream").ask("q", None, None))


def test_a_refusal_is_raised_with_its_detail() -> None:
    with pytest.raises(TutorUnavailable, match="type what you want"):
        list(api_that_answers(400, '{"detail": "type what you want to know"}').ask("", None, None))


def test_an_answer_that_is_no_json_is_told_by_its_status() -> None:
    with pytest.raises(TutorUnavailable, match="status 502"):
        api_that_answers(502, "<html>bad gateway</html>").readiness()


def test_readers_are_sent_to_the_public_address() -> None:
    assert (
        TutorApi("http://backend:8000", "https://tutor.test/").link("/notes/lists") == "https://tutor.test/notes/lists"
    )
    assert TutorApi("http://backend:8000").link("/notes/lists") == "http://backend:8000/notes/lists"
