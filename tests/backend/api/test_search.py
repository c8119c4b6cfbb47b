"""Passages for a query, without an answer."""

import hashlib

import pytest
from fastapi.testclient import TestClient


def search(client: TestClient, query: str, **more: object) -> list[dict[str, object]]:
    response = client.post("/api/v1/search", json={"query": query, **more})
    assert response.status_code == 200, response.text
    passages: list[dict[str, object]] = response.json()["passages"]
    return passages


def test_the_best_passage_comes_first_whole(client: TestClient) -> None:
    found = search(client, "what is gradient descent")
    scores = [passage["score"] for passage in found]
    assert len(found) == 8
    assert found[0]["concept"] == "gradient-descent"
    assert scores == sorted(scores, reverse=True)  # type: ignore[type-var]
    for passage in found:
        text = str(passage["text"])
        assert (passage["quote"], passage["start"], passage["end"]) == (text, 0, len(text))
        assert passage["sha256"] == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("limit", [1, 3, 50])
def test_no_more_are_found_than_wanted(client: TestClient, limit: int) -> None:
    found = search(client, "list", limit=limit)
    assert len(found) == limit
    assert [passage["n"] for passage in found] == list(range(1, limit + 1))


@pytest.mark.parametrize("kind", ["note", "resource"])
def test_only_the_wanted_kinds_are_found(client: TestClient, kind: str) -> None:
    assert {passage["kind"] for passage in search(client, "machine learning course", kinds=[kind], limit=20)} == {kind}


def test_a_step_helps_its_passages(client: TestClient) -> None:
    plain = {passage["passage_id"]: passage["score"] for passage in search(client, "average of values", limit=50)}
    helped = search(client, "average of values", limit=50, step=3)
    gains = {
        passage["step"]: round(float(str(passage["score"])) - float(str(plain[passage["passage_id"]])), 3)
        for passage in helped
        if passage["passage_id"] in plain
    }
    assert gains[3] > 0
    assert {gain for step, gain in gains.items() if step != 3} == {0}


def test_half_a_character_is_no_reason_to_fail(client: TestClient) -> None:
    content = b'{"query": "a list \\ud83d"}'
    response = client.post("/api/v1/search", content=content, headers={"content-type": "application/json"})
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({"query": ""}, 400, "empty"),
        ({"query": "x", "step": 7}, 400, "choose one from 1 to 6"),
        ({"query": "a" * 100_000}, 413, "at most"),
        ({"query": "x", "limit": 0}, 422, "limit: "),
        ({"query": "x", "limit": 51}, 422, "limit: "),
        ({"query": "x", "kinds": ["quiz"]}, 422, "kinds.0: "),
        ({}, 422, "query: "),
    ],
)
def test_a_wrong_search_is_a_problem(client: TestClient, body: dict[str, object], status: int, words: str) -> None:
    response = client.post("/api/v1/search", json=body)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert words in response.json()["detail"]
