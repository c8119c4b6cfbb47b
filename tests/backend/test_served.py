"""What is served follows the pointer, and a turn keeps what it began with."""

import asyncio
import gc
import json
from dataclasses import replace
from pathlib import Path

import pytest

from backend.errors import NotReady
from backend.served import ServedSnapshot
from backend.tutoring.answer import Done, Question
from ingest.embedding import Embedding
from ingest.refresh import refresh
from ingest.settings import IngestSettings
from ingest.snapshots import MANIFEST_FILE, SnapshotStore
from tests.backend.conftest import MakeTutor
from tests.backend.reading import all_of


@pytest.fixture
def store(own_home: IngestSettings) -> SnapshotStore:
    return SnapshotStore(own_home.home)


def change_a_note(settings: IngestSettings) -> None:
    path = settings.corpus / "notes" / "python-basics" / "lists.md"
    path.write_text(path.read_text("utf-8") + "\n## News\n\nLists can hold a quokka.\n", "utf-8")


def manifest_of(store: SnapshotStore) -> Path:
    """The manifest of the current snapshot, to be changed before anything has read it."""
    path = store.home / "snapshots" / str(store.current_id()) / MANIFEST_FILE
    path.chmod(0o644)
    return path


def test_a_snapshot_is_opened_once(store: SnapshotStore, embedding: Embedding) -> None:
    served = ServedSnapshot(store, embedding)
    assert served.current() is served.current()


def test_without_an_index_the_error_names_the_command(tmp_path: Path, embedding: Embedding) -> None:
    with pytest.raises(NotReady, match="stepwise refresh"):
        ServedSnapshot(SnapshotStore(tmp_path), embedding).current()


def test_a_new_snapshot_is_served_after_the_pointer_moved(
    own_home: IngestSettings, store: SnapshotStore, embedding: Embedding
) -> None:
    served = ServedSnapshot(store, embedding)
    before = served.current()
    change_a_note(own_home)
    refresh(own_home, embedding)
    after = served.current()
    assert after.id == store.current_id() != before.id
    assert any("quokka" in entry.passage.text for entry in after.passages.values())


def test_a_turn_that_began_before_finishes_on_its_old_snapshot(
    own_home: IngestSettings, store: SnapshotStore, embedding: Embedding, tutor_with: MakeTutor
) -> None:
    tutor = replace(tutor_with(), served=ServedSnapshot(store, embedding))
    old = store.current_id()

    async def run() -> tuple[Done, Done]:
        begun = await tutor.begin(Question(question="What is gradient descent?"))
        change_a_note(own_home)
        await asyncio.to_thread(refresh, own_home, embedding)
        newer = await tutor.begin(Question(question="What is gradient descent?"))
        gc.collect()  # Nothing but the turn itself may keep the old snapshot open.
        done = [(await all_of(turn.events()))[-1] for turn in (newer, begun)]
        assert isinstance(done[0], Done)
        assert isinstance(done[1], Done)
        return done[0], done[1]

    new_done, old_done = asyncio.run(run())
    assert old_done.answer.snapshot == old
    assert new_done.answer.snapshot == store.current_id() != old
    assert old_done.answer.status == new_done.answer.status == "answered"


@pytest.mark.parametrize("name", ["model", "weights_sha256", "dimension", "max_tokens", "normalised"])
def test_an_index_of_another_embedding_is_not_served(store: SnapshotStore, embedding: Embedding, name: str) -> None:
    path = manifest_of(store)
    manifest = json.loads(path.read_text())
    manifest["fingerprint"][name] = "another"
    path.write_text(json.dumps(manifest))
    with pytest.raises(NotReady, match=rf"another embedding \({name} differ\): run `stepwise refresh`"):
        ServedSnapshot(store, embedding).current()


def test_an_index_of_another_version_is_not_served_but_replaced(
    own_home: IngestSettings, store: SnapshotStore, embedding: Embedding
) -> None:
    path = manifest_of(store)
    manifest = json.loads(path.read_text())
    del manifest["layout"]
    path.write_text(json.dumps({**manifest, "content_sha256": "of that version"}))
    (path.parent / "pointers.npy").unlink()
    with pytest.raises(NotReady, match="another version of Stepwise: run `stepwise refresh`"):
        ServedSnapshot(store, embedding).current()
    assert refresh(own_home, embedding).embedded > 0
    assert ServedSnapshot(store, embedding).current().pointer_cosines(embedding.embed_one("lists"))


@pytest.mark.parametrize("file", ["passages.jsonl", "units.npy", "chroma/chroma.sqlite3"])
def test_a_snapshot_that_was_changed_is_not_served(store: SnapshotStore, embedding: Embedding, file: str) -> None:
    path = store.current().folder / file
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(NotReady, match="stepwise refresh --force"):
        ServedSnapshot(store, embedding).current()


def test_a_manifest_that_cannot_be_read_is_a_broken_index(store: SnapshotStore, embedding: Embedding) -> None:
    manifest_of(store).write_text("{")
    with pytest.raises(NotReady, match="stepwise refresh"):
        ServedSnapshot(store, embedding).current()


def test_a_pointer_to_nothing_is_told_with_the_command_that_mends_it(
    store: SnapshotStore, embedding: Embedding, own_home: IngestSettings
) -> None:
    (own_home.home / "current").write_text("20200101T000000000-00000000\n")
    with pytest.raises(NotReady, match="stepwise refresh"):
        ServedSnapshot(store, embedding).current()


def test_a_broken_new_snapshot_does_not_end_the_service_of_the_old_one(
    own_home: IngestSettings, store: SnapshotStore, embedding: Embedding
) -> None:
    served = ServedSnapshot(store, embedding)
    before = served.current()
    change_a_note(own_home)
    refresh(own_home, embedding)
    passages = store.current().folder / "passages.jsonl"
    passages.chmod(0o644)
    passages.write_bytes(b"")
    assert served.current() is before
