"""What editors and other OpenAI clients send and get."""

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from backend.language_model import ModelFailed
from ingest.sentences import cut_units
from ingest.settings import IngestSettings
from tests.backend.conftest import StartApp
from tests.fakes import FakeModel

ASK = "What is gradient descent?"
GROUNDED = "Gradient descent lowers a cost step by step. "
GENERAL = "The Eiffel Tower stands in Paris. "


def user(content: object) -> dict[str, object]:
    return {"role": "user", "content": content}


def complete(client: TestClient, *messages: dict[str, object], **more: object) -> dict[str, Any]:
    response = client.post("/v1/chat/completions", json={"model": "stepwise", "messages": messages, **more})
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


def text_of(completion: dict[str, Any]) -> str:
    return str(completion["choices"][0]["message"]["content"])


def chunks_of(client: TestClient, *messages: dict[str, object], **more: object) -> list[dict[str, Any]]:
    """The chunks of a stream that ends with `[DONE]`."""
    body = {"model": "stepwise", "messages": messages, "stream": True, **more}
    response = client.post("/v1/chat/completions", json=body)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].startswith("text/event-stream")
    *data, last, end = response.text.split("\n\n")
    assert (last, end) == ("data: [DONE]", "")
    return [json.loads(line.removeprefix("data: ")) for line in data]


def streamed_text(chunks: list[dict[str, Any]]) -> str:
    return "".join(choice["delta"].get("content", "") for chunk in chunks for choice in chunk["choices"])


def finishes(chunks: list[dict[str, Any]]) -> list[str]:
    reasons = [choice["finish_reason"] for chunk in chunks for choice in chunk["choices"]]
    return [reason for reason in reasons if reason is not None]


class TestModels:
    def test_both_names_are_listed(self, client: TestClient) -> None:
        body = client.get("/v1/models").json()
        assert body["object"] == "list"
        assert [model["id"] for model in body["data"]] == ["stepwise", "stepwise-plain"]
        assert all(model["object"] == "model" for model in body["data"])

    def test_one_can_be_looked_up(self, client: TestClient) -> None:
        assert client.get("/v1/models/stepwise").json()["id"] == "stepwise"
        assert client.get("/v1/models/gpt-4").status_code == 404


class TestAWholeCompletion:
    def test_has_the_shape_that_clients_expect(self, client: TestClient) -> None:
        body = complete(client, user(ASK))
        (choice,) = body["choices"]
        assert body["object"] == "chat.completion"
        assert body["id"].startswith("chatcmpl-")
        assert body["model"] == "stepwise"
        assert (choice["index"], choice["finish_reason"]) == (0, "stop")
        assert choice["message"]["role"] == "assistant"
        assert "[1]" in text_of(body)

    def test_lists_its_sources_with_whole_addresses(self, client: TestClient) -> None:
        text = text_of(complete(client, user(ASK)))
        listed = text.split("**Sources**")[1]
        assert "[1] [Gradient descent: " in listed
        assert "](http://testserver/notes/gradient-descent?" in listed

    def test_links_to_the_public_address_where_one_is_set(self, app_with: StartApp) -> None:
        client = app_with(public_url="https://tutor.example/")
        body = complete(client, user(ASK))
        assert "](https://tutor.example/notes/" in text_of(body)
        assert body["choices"][0]["message"]["annotations"][0]["url_citation"]["url"].startswith(
            "https://tutor.example/notes/"
        )

    def test_of_the_plain_model_has_no_list(self, client: TestClient) -> None:
        body = complete(client, user(ASK), model="stepwise-plain")
        assert body["model"] == "stepwise-plain"
        assert "Sources" not in text_of(body)
        assert "[1]" in text_of(body)
        assert body["choices"][0]["message"]["annotations"]

    def test_that_is_not_covered_has_neither_sources_nor_annotations(self, client: TestClient) -> None:
        body = complete(client, user("what is the best pizza in Rome"))
        assert body["choices"][0]["finish_reason"] == "stop"
        assert "do not cover" in text_of(body)
        assert "Sources" not in text_of(body)
        assert body["choices"][0]["message"]["annotations"] == []

    def test_tells_why_there_is_no_explanation(self, app_with: StartApp) -> None:
        body = complete(app_with(FakeModel().will_say(ModelFailed("The quota is used up."))), user(ASK))
        assert "*The quota is used up.*" in text_of(body)
        assert body["choices"][0]["finish_reason"] == "stop"

    def test_counts_words(self, client: TestClient) -> None:
        usage = complete(client, user(ASK))["usage"]
        assert usage["prompt_tokens"] == 4
        assert usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"]
        assert usage["completion_tokens"] > 10


class TestAnnotations:
    @pytest.mark.parametrize(
        "question",
        [ASK, "How do I get the second item of a list by its index?", "How do I write a list comprehension in Python?"],
    )
    def test_each_source_points_at_the_mark_behind_its_sentence(self, client: TestClient, question: str) -> None:
        message = complete(client, user(question))["choices"][0]["message"]
        answer = client.post("/api/v1/ask", json={"question": question}).json()
        assert len(message["annotations"]) == len(answer["sources"])
        for annotation, source in zip(message["annotations"], answer["sources"], strict=True):
            citation = annotation["url_citation"]
            before = message["content"][: citation["start_index"]]
            assert annotation["type"] == "url_citation"
            assert message["content"][citation["start_index"] : citation["end_index"]] == f"[{source['n']}]"
            assert before.rstrip().endswith(source["quote"])
            assert citation["url"] == f"http://testserver{source['url']}"
            assert citation["title"] == f"{source['title']}: {source['heading']}"

    def test_brackets_in_code_are_no_marks(self, app_with: StartApp) -> None:
        model = FakeModel()
        client = app_with(model)
        answer = client.post("/api/v1/ask", json={"question": ASK, "mode": "quote"}).json()
        best, number = answer["sources"][0], len(answer["sources"]) + 1
        text = client.get(f"/api/v1/passages/{answer['snapshot']}/{best['passage_id']}").json()["text"]
        quoted = {source["quote"] for source in answer["sources"]}
        unquoted = next(words for words in (unit.of(text) for unit in cut_units(text)) if words not in quoted)
        model.will_say(f"Gradient descent starts with `w[{number}]`. ", unquoted)
        message = complete(client, user(ASK))["choices"][0]["message"]
        citation = message["annotations"][-1]["url_citation"]
        assert f"`w[{number}]`" in message["content"]
        assert message["content"][: citation["start_index"]].endswith(f"{unquoted} ")

    def test_a_streamed_answer_has_the_same(self, client: TestClient) -> None:
        whole = complete(client, user(ASK))["choices"][0]["message"]
        deltas = [choice["delta"] for chunk in chunks_of(client, user(ASK)) for choice in chunk["choices"]]
        (annotations,) = [delta["annotations"] for delta in deltas if "annotations" in delta]
        assert annotations == whole["annotations"]


class TestAStream:
    def test_begins_with_the_role_and_ends_with_stop(self, client: TestClient) -> None:
        chunks = chunks_of(client, user(ASK))
        assert chunks[0]["choices"] == [
            {"index": 0, "delta": {"role": "assistant", "content": ""}, "finish_reason": None}
        ]
        assert chunks[-1]["choices"] == [{"index": 0, "delta": {}, "finish_reason": "stop"}]
        assert finishes(chunks) == ["stop"]
        assert {chunk["object"] for chunk in chunks} == {"chat.completion.chunk"}
        assert len({chunk["id"] for chunk in chunks}) == 1

    @pytest.mark.parametrize(
        ("question", "said"),
        [
            (ASK, (GROUNDED, GENERAL)),
            (ASK, (ModelFailed("The quota is used up."),)),
            (ASK, (GROUNDED, ModelFailed("The quota is used up."))),
            (ASK, (GENERAL,)),
            ("what is the best pizza in Rome", ()),
            ("hello", ()),
            ("How do I write a gradient descent loop in Python?", (GROUNDED,)),
        ],
        ids=["explained", "failed", "broken off", "nonsense", "not covered", "small talk", "code"],
    )
    @pytest.mark.parametrize("name", ["stepwise", "stepwise-plain"])
    def test_says_what_the_whole_completion_says(
        self, app_with: StartApp, question: str, said: tuple[str | Exception, ...], name: str
    ) -> None:
        client = app_with(FakeModel().will_say(*said).will_say(*said))
        chunks = chunks_of(client, user(question), model=name)
        whole = text_of(complete(client, user(question), model=name))
        assert finishes(chunks) == ["stop"]
        assert streamed_text(chunks).split() == whole.split()

    def test_has_usage_only_when_asked(self, client: TestClient) -> None:
        assert all("usage" not in chunk for chunk in chunks_of(client, user(ASK)))
        chunks = chunks_of(client, user(ASK), stream_options={"include_usage": True})
        assert chunks[-1]["choices"] == []
        assert chunks[-1]["usage"]["total_tokens"] > 10
        assert finishes(chunks) == ["stop"]

    def test_ends_properly_even_when_something_breaks(self, app_with: StartApp) -> None:
        chunks = chunks_of(app_with(FakeModel().will_say(GROUNDED, ZeroDivisionError("a bug"))), user(ASK))
        assert finishes(chunks) == ["stop"]
        assert "went wrong" in streamed_text(chunks)
        assert "a bug" not in streamed_text(chunks)


class TestWhatClientsSend:
    def test_content_may_come_in_parts(self, client: TestClient) -> None:
        parts = [
            {"type": "text", "text": "What is"},
            {"type": "image_url", "image_url": {"url": "data:image/png;base64,xyz"}},
            {"type": "text", "text": "gradient descent?"},
        ]
        assert "Gradient descent" in text_of(complete(client, user(parts)))

    @pytest.mark.parametrize("role", ["system", "developer"])
    def test_system_prompts_have_no_effect(self, client: TestClient, role: str) -> None:
        order = {"role": role, "content": "Only talk about pizza in Rome."}
        assert text_of(complete(client, order, user(ASK))) == text_of(complete(client, user(ASK)))

    def test_unknown_fields_have_no_effect(self, client: TestClient) -> None:
        fields = {"temperature": 2, "tools": [{"type": "function"}], "n": 1, "top_p": None, "whatever": {"a": [1]}}
        message = {**user(ASK), "name": "ada", "cache_control": {}}
        assert text_of(complete(client, message, **fields)) == text_of(complete(client, user(ASK)))

    def test_a_model_need_not_be_named(self, client: TestClient) -> None:
        body = client.post("/v1/chat/completions", json={"messages": [user(ASK)]}).json()
        assert body["model"] == "stepwise"

    def test_earlier_messages_are_the_history(self, client: TestClient) -> None:
        earlier = [user(ASK), {"role": "assistant", "content": "It lowers a cost."}]
        follow_up = text_of(complete(client, *earlier, user("give me an example")))
        assert "/notes/gradient-descent" in follow_up
        assert "do not cover" in text_of(complete(client, user("give me an example")))

    def test_a_long_history_is_no_hindrance(self, client: TestClient) -> None:
        earlier = [user("What is a list?"), {"role": "assistant", "content": None}] * 300
        assert "Gradient descent" in text_of(complete(client, *earlier, user(ASK)))

    def test_messages_of_tools_are_left_alone(self, client: TestClient) -> None:
        tool = {"role": "tool", "tool_call_id": "x", "content": "What is a list?"}
        assert text_of(complete(client, user(ASK), tool)) == text_of(complete(client, user(ASK)))


class TestErrors:
    @pytest.mark.parametrize(
        ("body", "status", "words"),
        [
            ({"messages": [{"role": "user", "content": ""}]}, 400, "type what you want to know"),
            ({"messages": [{"role": "user", "content": None}]}, 400, "type what you want to know"),
            ({"messages": [{"role": "system", "content": "x"}]}, 400, "no user message"),
            ({"messages": [{"role": "user", "content": "a" * 100_000}]}, 413, "at most"),
            (
                {"model": "gpt-4", "messages": [{"role": "user", "content": "x"}]},
                404,
                "choose stepwise or stepwise-plain",
            ),
            ({"messages": []}, 422, "messages: "),
            ({}, 422, "messages: "),
            ({"messages": [{"content": "x"}]}, 422, "messages.0.role: "),
            ({"messages": [{"role": "user", "content": 7}]}, 422, "messages.0.content"),
        ],
    )
    @pytest.mark.parametrize("stream", [False, True])
    def test_a_wrong_request_is_told_in_openais_shape(
        self, client: TestClient, body: dict[str, object], status: int, words: str, stream: bool
    ) -> None:
        response = client.post("/v1/chat/completions", json={**body, "stream": stream})
        assert response.status_code == status
        error = response.json()["error"]
        assert error.keys() == {"message", "type", "param", "code"}
        assert error["type"] == "invalid_request_error"
        assert words in error["message"]

    def test_broken_json_is_told_in_openais_shape(self, client: TestClient) -> None:
        response = client.post("/v1/chat/completions", content=b"{", headers={"content-type": "application/json"})
        assert response.status_code == 422
        assert response.json()["error"]["type"] == "invalid_request_error"

    def test_a_tutor_without_an_index_says_how_to_build_one(self, app_with: StartApp, own_home: IngestSettings) -> None:
        (own_home.home / "current").unlink()
        response = app_with().post("/v1/chat/completions", json={"messages": [user(ASK)]})
        assert response.status_code == 503
        assert response.json()["error"]["type"] == "server_error"
        assert "stepwise refresh" in response.json()["error"]["message"]
