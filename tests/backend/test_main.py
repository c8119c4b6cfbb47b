"""The app around its routes: ids, errors, and what it keeps across restarts."""

import asyncio

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from backend.learners.database import Database
from backend.main import create_app, create_tutor
from backend.settings import BackendSettings
from backend.tutoring.answer import Question
from ingest.embedding import Embedding
from ingest.settings import IngestSettings
from tests.backend.conftest import StartApp
from tests.backend.reading import ask

ROUTES = [
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/metrics"),
    ("GET", "/docs"),
    ("GET", "/openapi.json"),
    ("GET", "/api/v1/curriculum"),
    ("GET", "/notes/lists"),
    ("GET", "/v1/models"),
    ("GET", "/nowhere"),
    ("POST", "/api/v1/ask"),
    ("POST", "/v1/chat/completions"),
]


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_every_response_carries_a_request_id(client: TestClient, method: str, path: str) -> None:
    first, second = (client.request(method, path).headers["x-request-id"] for _ in range(2))
    assert first
    assert first != second


def test_the_callers_request_id_comes_back(client: TestClient) -> None:
    assert client.get("/healthz", headers={"x-request-id": "abc-1"}).headers["x-request-id"] == "abc-1"
    assert client.get("/healthz", headers={"x-request-id": "a" * 500}).headers["x-request-id"] == "a" * 64


def test_an_unexpected_error_keeps_its_details_to_itself_and_carries_the_request_id(
    quoting_app: FastAPI,
) -> None:
    @quoting_app.get("/broken")
    @quoting_app.get("/v1/broken")
    def broken() -> None:
        raise ZeroDivisionError("secret")

    with TestClient(quoting_app, raise_server_exceptions=False) as client:
        response = client.get("/broken", headers={"x-request-id": "abc-1"})
        assert response.status_code == 500
        assert response.headers["content-type"] == "application/problem+json"
        assert response.headers["x-request-id"] == "abc-1"
        assert "ask again" in response.json()["detail"]
        assert "secret" not in response.text
        assert client.get("/v1/broken").json()["error"]["type"] == "server_error"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nowhere", 404), ("GET", "/api/v1/nowhere", 404), ("GET", "/api/v1/ask", 405)],
)
def test_what_there_is_not_is_a_problem_that_points_to_the_docs(
    client: TestClient, method: str, path: str, status: int
) -> None:
    response = client.request(method, path)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["status"] == status
    assert response.json()["detail"]


def test_what_there_is_not_below_v1_is_an_error_in_openais_shape(client: TestClient) -> None:
    error = client.get("/v1/nowhere").json()["error"]
    assert error.keys() == {"message", "type", "param", "code"}
    assert error["type"] == "invalid_request_error"


@pytest.mark.parametrize("path", ["/v10", "/v1nowhere"])
def test_only_paths_below_v1_speak_openais_shape(client: TestClient, path: str) -> None:
    assert client.get(path).headers["content-type"] == "application/problem+json"


def test_a_conversation_outlives_a_restart(own_home: IngestSettings, embedding: Embedding) -> None:
    settings = BackendSettings(model="none")
    with TestClient(create_app(settings, own_home, embedding=embedding)) as client:
        conversation = ask(client, "What is gradient descent?")["conversation_id"]
    with TestClient(create_app(settings, own_home, embedding=embedding)) as client:
        answer = ask(client, "give me an example", conversation_id=conversation)
    assert answer["concepts"][0]["id"] == "gradient-descent"


def test_the_database_of_the_settings_is_used(app_with: StartApp, own_home: IngestSettings) -> None:
    file = own_home.home / "elsewhere.db"
    client = app_with(database_url=f"sqlite:///{file}")
    ask(client, "What is gradient descent?")
    assert file.exists()
    assert not (own_home.home / "stepwise.db").exists()


def test_a_tutor_without_http_answers_and_closes_its_database_when_something_goes_wrong(
    own_home: IngestSettings, embedding: Embedding, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[Database] = []
    monkeypatch.setattr(Database, "close", lambda database: closed.append(database))

    def use() -> None:
        with create_tutor(BackendSettings(model="none"), own_home, embedding=embedding) as tutor:
            answer = asyncio.run(tutor.answer(Question(question="What is gradient descent?")))
            assert answer.status == "answered"
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        use()
    assert len(closed) == 1


def test_the_contract_is_in_the_docs(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {"/api/v1/ask", "/api/v1/search", "/api/v1/curriculum", "/v1/models", "/v1/chat/completions"} <= paths.keys()
