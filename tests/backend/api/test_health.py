"""Is it up, can it answer, and what has it done?"""

import re
import shutil

import pytest
from fastapi.testclient import TestClient

from backend.local_model import ModelStatus
from backend.main import create_app
from backend.settings import BackendSettings
from ingest.embedding import Embedding
from ingest.settings import IngestSettings
from ingest.snapshots import SnapshotStore
from tests.backend.conftest import StartApp
from tests.backend.reading import ask
from tests.fakes import FakeModel


def test_a_tutor_with_an_index_is_ready(client: TestClient, own_home: IngestSettings) -> None:
    response = client.get("/readyz")
    snapshot = SnapshotStore(own_home.home).current()
    assert response.status_code == 200
    assert response.json() == {
        "ready": True,
        "snapshot": snapshot.id,
        "counts": snapshot.manifest.counts,
        "model": {
            "name": None,
            "state": "none",
            "progress": None,
            "reason": "No language model is set (STEPWISE_MODEL), so the notes are quoted.",
        },
    }


def test_without_an_index_it_says_how_to_build_one_and_works_as_soon_as_there_is_one(
    own_home: IngestSettings, embedding: Embedding
) -> None:
    empty = IngestSettings(home=own_home.home / "empty", corpus=own_home.corpus)
    with TestClient(create_app(BackendSettings(model="none"), empty, embedding=embedding)) as client:
        assert client.get("/healthz").json() == {"status": "ok"}
        for response in (client.get("/readyz"), client.post("/api/v1/ask", json={"question": "What is a list?"})):
            assert response.status_code == 503
            assert response.headers["content-type"] == "application/problem+json"
            assert "`stepwise refresh`" in response.json()["detail"]
        shutil.copytree(own_home.home / "snapshots", empty.home / "snapshots")
        shutil.copyfile(own_home.home / "current", empty.home / "current")
        assert client.get("/readyz").json()["ready"] is True
        assert ask(client, "What is a list?")["status"] == "answered"


def test_an_index_of_another_embedding_is_a_503_that_names_the_command(
    own_home: IngestSettings, app_with: StartApp
) -> None:
    manifest = next((own_home.home / "snapshots").iterdir()) / "manifest.json"
    manifest.chmod(0o644)
    manifest.write_text(manifest.read_text().replace("all-MiniLM-L6-v2", "another-model"))
    client = app_with()
    for response in (client.get("/readyz"), client.post("/api/v1/ask", json={"question": "What is a list?"})):
        assert response.status_code == 503
        assert "another embedding (model differ): run `stepwise refresh`" in response.json()["detail"]


@pytest.mark.parametrize(
    "status",
    [
        ModelStatus("m", "fetching", progress=0.25, reason="It is being fetched."),
        ModelStatus("m", "loading", reason="It is being loaded."),
        ModelStatus("m", "ready"),
        ModelStatus("m", "failed", reason="It is broken."),
    ],
    ids=lambda status: status.state,
)
def test_a_tutor_is_ready_whatever_its_model_does(app_with: StartApp, status: ModelStatus) -> None:
    response = app_with(FakeModel(status=status)).get("/readyz")
    assert response.status_code == 200
    assert response.json()["model"] == {
        "name": "m",
        "state": status.state,
        "progress": status.progress,
        "reason": status.reason,
    }


def metrics(client: TestClient) -> str:
    response = client.get("/metrics")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/plain")
    return response.text


def test_answers_are_counted_by_kind(app_with: StartApp) -> None:
    model = FakeModel().will_say("Gradient descent lowers a cost step by step. ").will_say("Pizza is round.")
    client = app_with(model)
    for question in ("What is gradient descent?", "What is gradient descent?", "best pizza in Rome"):
        ask(client, question)
    counted = dict(re.findall(r"^stepwise_answers_total\{(.+)\} (\S+)$", metrics(client), re.MULTILINE))
    assert counted == {
        'degraded="false",engine="model",status="answered"': "1.0",
        'degraded="true",engine="quote",status="answered"': "1.0",
        'degraded="false",engine="quote",status="not_covered"': "1.0",
    }


def test_answers_are_timed(client: TestClient) -> None:
    ask(client, "What is gradient descent?")
    assert 'stepwise_answer_seconds_count{engine="quote"} 1.0' in metrics(client)


def test_no_question_is_in_the_metrics(client: TestClient) -> None:
    ask(client, "What is a quokkadict?")
    assert "quokka" not in metrics(client)
