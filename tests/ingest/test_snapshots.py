import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from corpus.reader import read_concept_graph, read_documents, read_resources
from ingest.embedding import DIMENSION, Embedding
from ingest.index import folder_hashes
from ingest.settings import IngestSettings
from ingest.snapshots import (
    LAYOUT,
    BrokenSnapshot,
    Gate,
    Manifest,
    NoSnapshot,
    OpenSnapshot,
    Snapshot,
    SnapshotStore,
    UnknownSnapshot,
    WriterBusy,
    write_lines,
)


def promote(store: SnapshotStore, number: int) -> str:
    """Promote a snapshot of one passage; `number` orders it among others. Nothing in it can be searched."""
    with store.building() as folder:
        write_lines(folder / "passages.jsonl", [passage_entry(number)])
        (folder / "chroma" / "deep").mkdir(parents=True)
        (folder / "chroma" / "deep" / "data.bin").write_bytes(bytes([number % 256]) * 100)
        (folder / "keywords").mkdir()
        (folder / "keywords" / "params.json").write_text("{}")
        (folder / "units.npy").write_bytes(b"")
        manifest = Manifest(
            id=f"2026{number:05}",
            layout=LAYOUT,
            created=datetime.now(UTC),
            content_sha256=str(number),
            fingerprint={},
            counts={"passages": 1},
            passages={f"p{number}": ""},
            gate=Gate(threshold=0.4, weights=[1.0], kept=1, refused=1),
            files=folder_hashes(folder),
        )
        return store.promote(folder, manifest).id


def passage_entry(number: int) -> dict[str, object]:
    entry = dict.fromkeys(("document", "title", "heading", "anchor", "path", "text"), f"text {number}")
    places = {"ordinal": 0, "step": None, "concept": None, "lines": [1, 1], "start": 0}
    return {**entry, **places, "id": f"p{number}", "kind": "note", "units": [[0, 4, "sentence"]]}


@pytest.fixture
def store(tmp_path: Path) -> SnapshotStore:
    (tmp_path / "home").mkdir()
    return SnapshotStore(tmp_path / "home")


@pytest.fixture
def served(own_home: IngestSettings) -> Snapshot:
    """A real snapshot that a test may spoil."""
    return SnapshotStore(own_home.home).current()


# Finding a snapshot


def test_before_the_first_refresh_the_command_to_run_is_told(store: SnapshotStore) -> None:
    with pytest.raises(NoSnapshot, match="run `stepwise refresh`"):
        store.current()
    assert store.current_id() is None
    assert store.ids() == []


def test_an_unknown_snapshot_is_named(store: SnapshotStore) -> None:
    promote(store, 1)
    for name in ("nope", "..", "", "../snapshots"):
        with pytest.raises(UnknownSnapshot, match=repr(name)):
            store.get(name)


def test_ids_come_oldest_first(store: SnapshotStore) -> None:
    ids = [promote(store, number) for number in (3, 1, 2)]
    assert store.ids() == sorted(ids)


def test_the_last_one_promoted_is_served(store: SnapshotStore) -> None:
    for number in (1, 2):
        promoted = promote(store, number)
        assert store.current_id() == store.current().id == promoted
        assert list(store.current().passages) == [f"p{number}"]


def test_a_pointer_to_a_snapshot_that_is_gone_tells_the_remedy(store: SnapshotStore) -> None:
    shutil.rmtree(store.home / "snapshots" / promote(store, 1))
    with pytest.raises(BrokenSnapshot, match=r"202600001, is gone: run `stepwise refresh`"):
        store.current()


@pytest.mark.parametrize("content", ["", "{", "{}", '{"id": 1}'])
def test_a_damaged_manifest_tells_the_remedy(store: SnapshotStore, content: str) -> None:
    manifest = store.home / "snapshots" / promote(store, 1) / "manifest.json"
    manifest.chmod(0o644)
    manifest.write_text(content)
    with pytest.raises(BrokenSnapshot, match=r"manifest\.json is damaged: run `stepwise refresh`"):
        store.current()


def test_a_real_snapshot_holds_the_corpus_as_it_was(indexed: IngestSettings, snapshot: OpenSnapshot) -> None:
    sealed = snapshot.snapshot
    assert list(sealed.documents.values()) == read_documents(indexed.corpus)
    assert sealed.resources == read_resources(indexed.corpus)
    assert list(sealed.graph) == list(read_concept_graph(indexed.corpus))
    for entry in sealed.passages.values():
        document = sealed.documents[entry.passage.document]
        assert document.text[entry.passage.start :].startswith(entry.passage.text)


# Sealing


def test_sealed_files_cannot_be_written(store: SnapshotStore) -> None:
    folder = store.get(promote(store, 1)).folder
    modes = {path.stat().st_mode & 0o222 for path in folder.rglob("*") if path.is_file()}
    assert modes == {0}


@pytest.mark.parametrize("name", ["chroma/deep/data.bin", "passages.jsonl", "units.npy"])
def test_a_changed_file_breaks_the_seal_and_is_named(store: SnapshotStore, name: str) -> None:
    sealed = store.get(promote(store, 1))
    sealed.check_seal()
    (sealed.folder / name).chmod(0o644)
    (sealed.folder / name).write_bytes(b"other")
    with pytest.raises(BrokenSnapshot, match=rf"\({name}\): run `stepwise refresh --force`"):
        sealed.check_seal()


def test_a_missing_file_breaks_the_seal_and_is_named(store: SnapshotStore) -> None:
    sealed = store.get(promote(store, 1))
    (sealed.folder / "units.npy").unlink()
    with pytest.raises(BrokenSnapshot, match=r"\(units\.npy\)"):
        sealed.check_seal()


def test_a_new_file_breaks_the_seal_and_is_named(store: SnapshotStore) -> None:
    sealed = store.get(promote(store, 1))
    (sealed.folder / "chroma" / "extra.bin").write_bytes(b"")
    with pytest.raises(BrokenSnapshot, match=r"\(chroma/extra\.bin\)"):
        sealed.check_seal()


def test_a_broken_snapshot_is_not_opened(served: Snapshot) -> None:
    database = served.folder / "chroma" / "chroma.sqlite3"
    database.chmod(0o644)
    database.write_bytes(database.read_bytes()[:-4096])
    with pytest.raises(BrokenSnapshot, match=r"chroma\.sqlite3"):
        OpenSnapshot(served)


# Opening


def test_searching_leaves_the_sealed_files_as_they_are(
    served: Snapshot, embedding: Embedding, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "copies").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "copies"))
    before = folder_hashes(served.folder)
    with OpenSnapshot(served) as opened:
        assert opened.index.nearest(embedding.embed_one("What is a list?"), 3)
        opened.index.vectors()
        assert opened.keywords.scores("list").max() > 0
        assert len(list((tmp_path / "copies").iterdir())) == 1
    assert folder_hashes(served.folder) == before
    assert list((tmp_path / "copies").iterdir()) == []


def test_closing_twice_does_no_harm(served: Snapshot) -> None:
    opened = OpenSnapshot(served)
    opened.close()
    opened.close()
    assert not opened.close.alive


def test_one_snapshot_can_be_open_twice(served: Snapshot, embedding: Embedding) -> None:
    question = embedding.embed_one("What is a list?")
    with OpenSnapshot(served) as first:
        with OpenSnapshot(served) as second:
            assert first.index.nearest(question, 3) == second.index.nearest(question, 3)
        assert len(first.index.nearest(question, 3)) == 3


def test_what_is_open_can_be_found_by_passage(snapshot: OpenSnapshot, embedding: Embedding) -> None:
    assert snapshot.index.count() == len(snapshot.passages) == len(snapshot.keywords.scores("list"))
    for id_ in snapshot.passage_ids[::20]:
        entry = snapshot.passages[id_]
        units = [unit.of(entry.passage.text) for unit in entry.units]
        assert snapshot.unit_vectors(id_).shape == (len(units), DIMENSION)
        if units:
            np.testing.assert_allclose(snapshot.unit_vectors(id_), embedding.embed(units), atol=1e-5)
        (stored,) = snapshot.index.vectors([id_]).values()
        assert stored @ embedding.embed_one(entry.passage.embedding_content()) > 0.999


# Building and switching


def test_left_overs_of_a_killed_refresh_are_cleared(store: SnapshotStore) -> None:
    (store.home / "building" / "old").mkdir(parents=True)
    (store.home / "building" / "old" / "half.bin").write_bytes(b"x")
    with store.building() as folder:
        assert list(folder.parent.iterdir()) == [folder]
        assert list(folder.iterdir()) == []


def test_a_folder_that_was_not_promoted_is_gone_afterwards(store: SnapshotStore) -> None:
    with pytest.raises(FileExistsError), store.building() as folder:
        folder.mkdir()
    assert not (store.home / "building").exists()
    assert store.ids() == []


def test_a_reader_always_finds_a_whole_snapshot_while_the_pointer_moves(store: SnapshotStore) -> None:
    promote(store, 0)
    faults: list[object] = []
    is_over = threading.Event()

    def read() -> None:
        while not is_over.is_set():
            try:
                SnapshotStore(store.home).current().check_seal()
            except Exception as error:
                faults.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for number in range(1, 40):
        promote(store, number)
    is_over.set()
    for reader in readers:
        reader.join()
    assert faults == []
    assert store.current_id() == "202600039"
    assert {path.name for path in store.home.iterdir()} == {"current", "snapshots"}


# Going back


def test_a_rollback_serves_the_one_before(store: SnapshotStore) -> None:
    first, second, _ = (promote(store, number) for number in (1, 2, 3))
    assert store.rollback().id == second == store.current_id()
    assert store.rollback().id == first == store.current_id()
    with pytest.raises(NoSnapshot, match="no earlier snapshot"):
        store.rollback()
    assert store.current_id() == first


def test_a_rollback_passes_over_what_cannot_be_searched_any_more(store: SnapshotStore) -> None:
    for number in (1, 2):
        promote(store, number)
    store.prune(keep=1)
    with pytest.raises(NoSnapshot, match="no earlier snapshot"):
        store.rollback()
    assert store.current_id() == "202600002"


def test_a_rollback_passes_over_what_another_version_made(store: SnapshotStore) -> None:
    manifest = store.home / "snapshots" / promote(store, 1) / "manifest.json"
    manifest.chmod(0o644)
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"layout": LAYOUT - 1}))
    promote(store, 2)
    with pytest.raises(NoSnapshot, match="no earlier snapshot"):
        store.rollback()
    assert store.current_id() == "202600002"


def test_a_rollback_to_a_broken_snapshot_is_refused(store: SnapshotStore) -> None:
    broken, good = promote(store, 1), promote(store, 2)
    (store.home / "snapshots" / broken / "chroma" / "deep" / "data.bin").unlink()
    with pytest.raises(BrokenSnapshot):
        store.rollback()
    assert store.current_id() == good


# Pruning


def test_a_pruned_snapshot_keeps_its_texts(own_home: IngestSettings) -> None:
    store = SnapshotStore(own_home.home)
    old = store.current()
    texts = {id_: entry.passage.text for id_, entry in old.passages.items()}
    promote(store, 99999)
    store.prune(keep=1)
    again = Snapshot(store.get(old.id).folder)
    assert not again.is_complete
    assert {id_: entry.passage.text for id_, entry in again.passages.items()} == texts
    assert again.documents.keys() == old.documents.keys()
    assert len(again.graph) == len(old.graph)
    assert again.resources
    assert {path.suffix for path in again.folder.iterdir()} == {".json", ".jsonl", ".yaml"}


def test_the_newest_stay_whole(store: SnapshotStore) -> None:
    ids = [promote(store, number) for number in range(5)]
    store.prune(keep=3)
    assert [store.get(id_).is_complete for id_ in ids] == [False, False, True, True, True]


def test_what_is_served_stays_whole_however_old(store: SnapshotStore) -> None:
    ids = [promote(store, number) for number in range(4)]
    for _ in range(3):
        store.rollback()
    store.prune(keep=1)
    assert [store.get(id_).is_complete for id_ in ids] == [True, False, False, False]


def test_a_damaged_manifest_of_an_old_snapshot_does_not_stop_a_prune(store: SnapshotStore) -> None:
    manifest = store.home / "snapshots" / promote(store, 1) / "manifest.json"
    manifest.chmod(0o644)
    manifest.write_text("{")
    promote(store, 2)
    store.prune(keep=1)
    assert not (manifest.parent / "chroma").exists()
    assert store.current().is_complete


class Snapshots(RuleBasedStateMachine):
    """Any order of promotions, rollbacks and prunes leaves a whole snapshot served and every text readable."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = SnapshotStore(Path(self.folder.name))
        self.whole: dict[str, bool] = {}
        self.served: str | None = None

    def teardown(self) -> None:
        self.folder.cleanup()

    @rule()
    def promote(self) -> None:
        self.served = promote(self.store, len(self.whole))
        self.whole[self.served] = True

    @precondition(lambda self: self.served is not None)
    @rule()
    def rollback(self) -> None:
        earlier = [id_ for id_, is_whole in self.whole.items() if is_whole and id_ < self.served]
        if earlier:
            self.served = self.store.rollback().id
            assert self.served == earlier[-1]
        else:
            with pytest.raises(NoSnapshot):
                self.store.rollback()

    @precondition(lambda self: self.served is not None)
    @rule(keep=st.integers(1, 4))
    def prune(self, keep: int) -> None:
        self.store.prune(keep)
        others = [id_ for id_, is_whole in self.whole.items() if is_whole and id_ != self.served]
        for id_ in others[: max(0, len(others) - (keep - 1))]:
            self.whole[id_] = False
        assert sum(self.whole.values()) <= keep

    @invariant()
    def one_is_served_whole(self) -> None:
        assert self.store.current_id() == self.served
        if self.served is not None:
            self.store.current().check_seal()

    @invariant()
    def every_text_is_readable(self) -> None:
        assert self.store.ids() == list(self.whole)
        for number, (id_, is_whole) in enumerate(self.whole.items()):
            sealed = Snapshot(self.store.get(id_).folder)
            assert sealed.is_complete == is_whole
            assert sealed.passages[f"p{number}"].passage.text == f"text {number}"


TestSnapshots = Snapshots.TestCase
TestSnapshots.settings = settings(max_examples=25, stateful_step_count=12, deadline=None)


# One writer


@contextmanager
def writer(store: SnapshotStore) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock until its input ends."""
    code = (
        "import sys; from pathlib import Path; from ingest.snapshots import SnapshotStore\n"
        "with SnapshotStore(Path(sys.argv[1])).writing(): print('writing', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(store.home)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "writing\n"
        yield process


def test_a_second_writer_is_told_who_writes_and_a_kill_frees_the_lock(store: SnapshotStore) -> None:
    with writer(store) as process:
        with pytest.raises(WriterBusy, match=rf"process {process.pid}, since 20\S+\): wait"), store.writing():
            pytest.fail("two wrote at once")
        process.kill()
        process.wait()
        with store.writing():
            assert json.loads((store.home / "writer.json").read_text())["pid"] == os.getpid()


def test_a_second_writer_in_one_process_is_refused_too(store: SnapshotStore) -> None:
    with store.writing(), pytest.raises(WriterBusy), SnapshotStore(store.home).writing():
        pytest.fail("two wrote at once")


def test_the_lock_is_free_again_after_the_work_and_after_an_error(store: SnapshotStore) -> None:
    with store.writing():
        pass
    with pytest.raises(KeyError), store.writing():
        raise KeyError
    with store.writing():
        assert (store.home / "writer.lock").exists()


def test_readers_do_not_wait_for_the_writer(store: SnapshotStore) -> None:
    promote(store, 1)
    with store.writing():
        assert store.current().id == "202600001"
