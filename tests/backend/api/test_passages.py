"""The words behind a citation."""

import hashlib

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from ingest.embedding import Embedding
from ingest.refresh import refresh
from ingest.settings import IngestSettings
from ingest.snapshots import SnapshotStore
from tests.backend.reading import ask


def test_every_passage_of_the_snapshot_can_be_had(client: TestClient, own_home: IngestSettings) -> None:
    snapshot = SnapshotStore(own_home.home).current()
    for passage_id, digest in snapshot.manifest.passages.items():
        body = client.get(f"/api/v1/passages/{snapshot.id}/{passage_id}").json()
        assert body["sha256"] == digest == hashlib.sha256(body["text"].encode()).hexdigest()
        assert (body["snapshot"], body["passage_id"]) == (snapshot.id, passage_id)


def test_a_passage_stands_where_its_locator_says(client: TestClient, own_home: IngestSettings) -> None:
    source = ask(client, "How do I filter a list in one line?")["sources"][0]
    snapshot = SnapshotStore(own_home.home).current_id()
    body = client.get(f"/api/v1/passages/{snapshot}/{source['passage_id']}").json()
    first, last = body["locator"]["lines"]
    lines = (own_home.corpus / body["locator"]["path"]).read_text("utf-8").splitlines()[first - 1 : last]
    assert body["text"].splitlines()[-1] == lines[-1]
    assert len(lines) == len(body["text"].splitlines())
    assert body["url"] == f"/notes/{body['document']}?snapshot={snapshot}#{body['locator']['anchor']}"


def test_old_citations_go_on_resolving(quoting_app: FastAPI, own_home: IngestSettings, embedding: Embedding) -> None:
    keep_one = own_home.model_copy(update={"keep_snapshots": 1})
    with TestClient(quoting_app) as client:
        answer = ask(client, "What is a Python list?")
        for _ in range(2):
            note = own_home.corpus / "notes" / "python-basics" / "lists.md"
            note.write_text(note.read_text("utf-8").replace("## Idea\n\n", "## Idea\n\nA list is a shelf.\n"), "utf-8")
            refresh(keep_one, embedding)
        assert client.get("/readyz").json()["snapshot"] != answer["snapshot"]
        for source in answer["sources"]:
            body = client.get(f"/api/v1/passages/{answer['snapshot']}/{source['passage_id']}").json()
            assert body["text"][source["start"] : source["end"]] == source["quote"]
            page = client.get(source["url"])
            assert page.status_code == 200
            assert "<mark>" in page.text or "cited" in page.text


@pytest.mark.parametrize(
    ("snapshot", "passage", "words"),
    [
        ("20200101T000000000-00000000", "0123456789abcdef", "no snapshot"),
        (None, "0123456789abcdef", "has no passage '0123456789abcdef'"),
        ("..", "x", "nothing at"),
        ("%2e%2e", "x", "no snapshot '..'"),
    ],
)
def test_an_unknown_passage_or_snapshot_is_a_problem(
    client: TestClient, own_home: IngestSettings, snapshot: str | None, passage: str, words: str
) -> None:
    current = SnapshotStore(own_home.home).current_id()
    response = client.get(f"/api/v1/passages/{snapshot or current}/{passage}")
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert words in response.json()["detail"]
