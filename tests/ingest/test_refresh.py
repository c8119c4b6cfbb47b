import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
import yaml

from corpus.reader import CorpusError, read_documents, read_quizzes
from ingest.embedding import Embedding, Progress, Vectors
from ingest.index import PassageIndex, folder_hashes
from ingest.late_interaction import compressed
from ingest.passages import Passage, cut_passages
from ingest.refresh import RefreshFailed, refresh
from ingest.sentences import cut_units
from ingest.settings import IngestSettings
from ingest.snapshots import OpenSnapshot, SnapshotStore, WriterBusy
from tests.conftest import copy_corpus

ROOT = Path(__file__).parent.parent.parent
NOTES = ("python-basics/lists", "python-basics/sets")
SENTENCE = "The same value may occur more than once in a list."

Reading = Iterator[tuple[Vectors, Vectors]]


class WatchedEmbedding(Embedding):
    """The real embedding, which remembers what it embedded, and can wait before it does."""

    def __init__(self, real: Embedding, before: Callable[[], None] = lambda: None) -> None:
        self.real = real
        self.before = before
        self.embedded: list[str] = []

    @property
    def fingerprint(self) -> dict[str, str | int | bool]:
        return self.real.fingerprint

    def read(self, texts: Sequence[str], on_progress: Progress = lambda more: None) -> Reading:
        self.before()
        self.embedded.extend(texts)
        return self.real.read(texts, on_progress)


class OtherEmbedding(WatchedEmbedding):
    """Another model of the same dimension: each vector is turned round."""

    @property
    def fingerprint(self) -> dict[str, str | int | bool]:
        return {**self.real.fingerprint, "weights_sha256": "other"}

    def read(self, texts: Sequence[str], on_progress: Progress = lambda more: None) -> Reading:
        return ((-vector, -tokens) for vector, tokens in super().read(texts, on_progress))


class FailingEmbedding(WatchedEmbedding):
    """Comes half the way."""

    def read(self, texts: Sequence[str], on_progress: Progress = lambda more: None) -> Reading:
        yield from super().read(texts[: len(texts) // 2], on_progress)
        raise MemoryError("no memory left")


@pytest.fixture
def watched(embedding: Embedding) -> WatchedEmbedding:
    return WatchedEmbedding(embedding)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, embedding: Embedding) -> IngestSettings:
    """A home with an index of two notes. Do not change it: copy it with `small`."""
    folder = tmp_path_factory.mktemp("small")
    settings = IngestSettings(home=folder / "home", corpus=copy_corpus(folder / "corpus", NOTES, ()))
    refresh(settings, embedding)
    return settings


@pytest.fixture
def small(built: IngestSettings, tmp_path: Path) -> IngestSettings:
    shutil.copytree(built.home, tmp_path / "home")
    shutil.copytree(built.corpus, tmp_path / "corpus")
    return IngestSettings(home=tmp_path / "home", corpus=tmp_path / "corpus")


@pytest.fixture
def unchanged(small: IngestSettings) -> Iterator[None]:
    """Whatever the test does, the state below home must be the same afterwards, and answer."""
    before = folder_hashes(small.home)
    yield
    after = {name: hash_ for name, hash_ in folder_hashes(small.home).items() if not name.startswith("writer.")}
    assert after == {name: hash_ for name, hash_ in before.items() if not name.startswith("writer.")}
    assert not (small.home / "building").exists()
    assert "lists" in served_documents(small)


def note(settings: IngestSettings, name: str = "python-basics/lists") -> Path:
    return settings.corpus / "notes" / f"{name}.md"


def edit(settings: IngestSettings, old: str = SENTENCE, new: str = "A list may hold one value twice.") -> None:
    text = note(settings).read_text()
    assert text.count(old) == 1
    note(settings).write_text(text.replace(old, new))


def served_documents(settings: IngestSettings) -> set[str]:
    """The documents of the served snapshot, after opening it and finding every passage by its own vector."""
    with OpenSnapshot(SnapshotStore(settings.home).current()) as opened:
        vectors = opened.index.vectors()
        assert sorted(vectors) == sorted(opened.passages)
        assert all(opened.index.nearest(vector, 1)[0].cosine > 0.999 for vector in vectors.values())
        return {entry.passage.document for entry in opened.passages.values()}


def ids_of(settings: IngestSettings, document: str) -> set[str]:
    passages = SnapshotStore(settings.home).current().passages
    return {id_ for id_, entry in passages.items() if entry.passage.document == document}


# What changes


def test_a_first_refresh_indexes_every_passage_and_unit(built: IngestSettings, embedding: Embedding) -> None:
    documents = read_documents(built.corpus)
    passages = [passage for document in documents for passage in cut_passages(document)]
    units = [unit for passage in passages for unit in cut_units(passage.text)]
    manifest = SnapshotStore(built.home).current().manifest
    assert manifest.counts == {
        "notes": 2, "path_notes": 0, "resources": 0, "passages": len(passages), "units": len(units)
    }  # fmt: skip
    assert manifest.passages == {passage.id: passage.sha256 for passage in passages}
    assert manifest.fingerprint.items() > embedding.fingerprint.items()
    assert served_documents(built) == {"lists", "sets"}


def test_a_first_refresh_counts_everything_as_added(
    small: IngestSettings, watched: WatchedEmbedding, tmp_path: Path
) -> None:
    settings = small.model_copy(update={"home": tmp_path / "other"})
    stages: list[tuple[str, int, int]] = []
    summary = refresh(settings, watched, lambda *stage: stages.append(stage))
    count = len(SnapshotStore(small.home).current().passages)
    assert (summary.added, summary.changed, summary.removed, summary.unchanged) == (count, 0, 0, 0)
    assert summary.embedded == len(watched.embedded) == len(set(watched.embedded))
    assert summary.snapshot == SnapshotStore(settings.home).current_id()
    assert not summary.is_up_to_date
    assert list(dict.fromkeys(name for name, _, _ in stages)) == ["embedding", "writing", "verifying", "done"]
    assert stages[-4][1:] == (summary.embedded, summary.embedded)


@pytest.mark.usefixtures("unchanged")
def test_a_refresh_of_the_same_corpus_does_nothing(small: IngestSettings, watched: WatchedEmbedding) -> None:
    summary = refresh(small, watched)
    assert (summary.added, summary.changed, summary.removed, summary.embedded) == (0, 0, 0, 0)
    assert summary.snapshot == SnapshotStore(small.home).current_id()
    assert summary.unchanged == len(SnapshotStore(small.home).current().passages)
    assert summary.is_up_to_date
    assert watched.embedded == []


def test_an_edit_embeds_only_what_changed_and_keeps_the_ids(small: IngestSettings, watched: WatchedEmbedding) -> None:
    store = SnapshotStore(small.home)
    before = store.current()
    edit(small)
    summary = refresh(small, watched)
    after = store.current()
    assert (summary.added, summary.changed, summary.removed) == (0, 1, 0)
    assert after.id == summary.snapshot != before.id
    assert list(after.passages) == list(before.passages)
    passages = [(before.passages[id_].passage, entry.passage) for id_, entry in after.passages.items()]
    (changed,) = (new for old, new in passages if new.text != old.text)
    assert "A list may hold one value twice." in changed.text
    assert set(watched.embedded) == {changed.embedding_content(), "A list may hold one value twice."}
    assert summary.embedded == len(watched.embedded)


def test_kept_vectors_stand_with_their_texts(small: IngestSettings, embedding: Embedding) -> None:
    edit(small)
    refresh(small, embedding)
    with OpenSnapshot(SnapshotStore(small.home).current()) as opened:
        stored = opened.index.vectors()
        for id_, entry in opened.passages.items():
            assert stored[id_] @ embedding.embed_one(entry.passage.embedding_content()) > 0.999
            units = embedding.embed([unit.of(entry.passage.text) for unit in entry.units])
            np.testing.assert_allclose(opened.unit_vectors(id_), units, atol=1e-5)
            texts = [entry.passage.embedding_content(), *(unit.of(entry.passage.text) for unit in entry.units)]
            whole, parts = opened.tokens_of(id_)
            for text, tokens in zip(texts, [whole, *parts], strict=True):
                np.testing.assert_array_equal(compressed(embedding.embed_tokens(text)), tokens)
        best = opened.passage_ids[int(np.argmax(opened.keywords.scores("twice")))]
        assert "A list may hold one value twice." in opened.passages[best].passage.text


def test_a_removed_note_takes_its_passages_with_it(small: IngestSettings, watched: WatchedEmbedding) -> None:
    gone, kept = ids_of(small, "sets"), ids_of(small, "lists")
    note(small, "python-basics/sets").unlink()
    summary = refresh(small, watched)
    assert (summary.added, summary.changed, summary.removed, summary.unchanged) == (0, 0, len(gone), len(kept))
    assert SnapshotStore(small.home).current().passages.keys() == kept
    assert served_documents(small) == {"lists"}
    assert watched.embedded == []


def test_a_new_note_adds_its_passages(small: IngestSettings, watched: WatchedEmbedding) -> None:
    old = SnapshotStore(small.home).current().passages.keys()
    copy_corpus(small.corpus, ("python-basics/dictionaries",), ())
    summary = refresh(small, watched)
    new = ids_of(small, "dictionaries")
    assert (summary.added, summary.changed, summary.removed, summary.unchanged) == (len(new), 0, 0, len(old))
    assert SnapshotStore(small.home).current().passages.keys() == {*old, *new}
    assert served_documents(small) == {"lists", "sets", "dictionaries"}


def test_a_change_of_the_graph_makes_a_new_snapshot(small: IngestSettings, watched: WatchedEmbedding) -> None:
    with (small.corpus / "concepts.yaml").open("a") as file:
        file.write("# A remark.\n")
    before = SnapshotStore(small.home).current_id()
    summary = refresh(small, watched)
    assert summary.snapshot != before
    assert (SnapshotStore(small.home).current().folder / "concepts.yaml").read_text().endswith("# A remark.\n")
    assert watched.embedded == []


def test_a_dry_run_tells_the_same_difference_and_changes_nothing(
    small: IngestSettings, watched: WatchedEmbedding
) -> None:
    edit(small)
    note(small, "python-basics/sets").unlink()
    copy_corpus(small.corpus, ("python-basics/dictionaries",), ())
    before = folder_hashes(small.home)
    told = refresh(small, watched, dry_run=True)
    assert folder_hashes(small.home) == before
    assert watched.embedded == []
    assert told.is_dry_run
    done = refresh(small, watched)
    assert (told.added, told.changed, told.removed, told.unchanged) == (
        done.added, done.changed, done.removed, done.unchanged
    )  # fmt: skip
    assert done.added > 0 < done.removed


def test_a_dry_run_before_the_first_refresh_makes_no_home(small: IngestSettings, watched: WatchedEmbedding) -> None:
    settings = small.model_copy(update={"home": small.home / "nowhere"})
    summary = refresh(settings, watched, dry_run=True)
    assert (summary.snapshot, summary.unchanged) == (None, 0)
    assert summary.added > 0
    assert not settings.home.exists()


def test_force_builds_again(small: IngestSettings, watched: WatchedEmbedding) -> None:
    store = SnapshotStore(small.home)
    before = store.current()
    summary = refresh(small, watched, force=True)
    assert summary.snapshot == store.current_id() != before.id
    assert store.current().manifest.passages == before.manifest.passages
    assert served_documents(small) == {"lists", "sets"}


def test_older_snapshots_lose_their_index_but_not_their_texts(small: IngestSettings, watched: WatchedEmbedding) -> None:
    settings = small.model_copy(update={"keep_snapshots": 1})
    store = SnapshotStore(small.home)
    old = store.current_id()
    assert old is not None
    edit(small)
    refresh(settings, watched)
    assert not store.get(old).is_complete
    assert any(SENTENCE in entry.passage.text for entry in store.get(old).passages.values())


# What is broken mends itself


def test_a_changed_snapshot_is_rebuilt_by_force_from_nothing_of_it(
    small: IngestSettings, watched: WatchedEmbedding
) -> None:
    units = SnapshotStore(small.home).current().folder / "units.npy"
    units.chmod(0o644)
    np.save(units, -np.load(units))
    refresh(small, watched, force=True)
    contents = {entry.passage.embedding_content() for entry in SnapshotStore(small.home).current().passages.values()}
    assert contents < set(watched.embedded)
    assert served_documents(small) == {"lists", "sets"}


@pytest.mark.parametrize("loss", ["folder", "manifest"])
def test_a_lost_snapshot_is_rebuilt(small: IngestSettings, embedding: Embedding, loss: str) -> None:
    # Not through a store, which remembers what it read.
    folder = small.home / "snapshots" / (small.home / "current").read_text().strip()
    if loss == "folder":
        shutil.rmtree(folder)
    else:
        (folder / "manifest.json").chmod(0o644)
        (folder / "manifest.json").write_text("{")
    refresh(small.model_copy(update={"keep_snapshots": 1}), embedding)
    assert served_documents(small) == {"lists", "sets"}


def test_no_vector_of_another_embedding_is_reused(small: IngestSettings, embedding: Embedding) -> None:
    other = OtherEmbedding(embedding)
    before = SnapshotStore(small.home).current_id()
    summary = refresh(small, other)
    assert summary.snapshot != before
    with OpenSnapshot(SnapshotStore(small.home).current()) as opened:
        stored = opened.index.vectors()
        for id_, entry in opened.passages.items():
            assert stored[id_] @ embedding.embed_one(entry.passage.embedding_content()) < -0.999
            if entry.units:
                own = embedding.embed([unit.of(entry.passage.text) for unit in entry.units])
                assert np.all(np.sum(opened.unit_vectors(id_) * own, axis=1) < -0.999)
    assert SnapshotStore(small.home).current().manifest.fingerprint["weights_sha256"] == "other"


# Quizzes


def test_nothing_of_a_quiz_but_its_prompts_is_in_a_snapshot(small: IngestSettings, embedding: Embedding) -> None:
    secrets = {name: f"zyzzyva {name} 4711" for name in ("choice", "why", "answer", "code", "solution", "key")}
    choices = [{"text": secrets["choice"], "correct": True, "why": secrets["why"]}]
    item = {**secrets, "id": secrets["key"], "prompt": "Where does the aardvark live?", "choices": choices}
    quiz = small.corpus / "quizzes" / "python-basics" / "lists.yaml"
    quiz.write_text(yaml.safe_dump({"concept": "lists", "items": [item]}))
    refresh(small, embedding)
    folder = SnapshotStore(small.home).current().folder
    files = [path.read_bytes().lower() for path in folder.rglob("*") if path.is_file()]
    assert any(SENTENCE.lower().encode() in content for content in files)
    assert any(b"aardvark" in content for content in files)
    assert not any(b"zyzzyva" in content for content in files)


def test_no_shipped_quiz_choice_is_in_a_snapshot(indexed: IngestSettings) -> None:
    notes = "".join(path.read_text() for path in indexed.corpus.rglob("*.md"))
    items = [item for items in read_quizzes(indexed.corpus).values() for item in items]
    choices = [choice["text"] for item in items for choice in item.get("choices", ())]
    distinctive = [choice.encode() for choice in choices if len(choice) > 25 and choice not in notes]
    assert len(distinctive) > 50
    for path in SnapshotStore(indexed.home).current().folder.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert not any(choice in content for choice in distinctive)


def test_a_corpus_without_questions_has_a_gate_all_the_same(small: IngestSettings, embedding: Embedding) -> None:
    for folder in ("asked", "quizzes"):
        shutil.rmtree(small.corpus / folder)
    refresh(small, embedding)
    assert SnapshotStore(small.home).current().manifest.gate.threshold == 0.4


# What is refused


@pytest.mark.usefixtures("unchanged")
def test_a_corpus_without_notes_is_refused(small: IngestSettings, embedding: Embedding) -> None:
    shutil.rmtree(small.corpus / "notes")
    with pytest.raises(RefreshFailed, match=f"no note in {small.corpus}.*nothing was changed"):
        refresh(small, embedding, force=True)


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    "content", ["---\nconcept: [lists\n---\n\n# Lists\n", "# Lists\n", "---\nconcept: nobody\n---\n\n# Lists\n"]
)
def test_a_broken_note_is_refused_with_its_name(small: IngestSettings, embedding: Embedding, content: str) -> None:
    note(small).write_text(content)
    with pytest.raises(CorpusError, match=str(note(small))):
        refresh(small, embedding)


@pytest.mark.usefixtures("unchanged")
def test_a_broken_quiz_is_refused_with_its_name(small: IngestSettings, embedding: Embedding) -> None:
    quiz = small.corpus / "quizzes" / "python-basics" / "lists.yaml"
    quiz.write_text("concept: lists\n")
    with pytest.raises(CorpusError, match=str(quiz)):
        refresh(small, embedding)


@pytest.mark.usefixtures("unchanged")
def test_an_embedding_that_fails_midway_leaves_the_old_snapshot(small: IngestSettings, embedding: Embedding) -> None:
    edit(small)
    failing = FailingEmbedding(embedding)
    with pytest.raises(RefreshFailed, match=r"no memory left\. What was served before goes on .* MB free in"):
        refresh(small, failing)
    assert failing.embedded


@pytest.mark.usefixtures("unchanged")
def test_an_interrupted_refresh_leaves_the_old_snapshot(small: IngestSettings, embedding: Embedding) -> None:
    def interrupt(stage: str, done: int, total: int) -> None:
        if stage == "verifying":
            raise KeyboardInterrupt

    edit(small)
    with pytest.raises(KeyboardInterrupt):
        refresh(small, embedding, interrupt)


@pytest.mark.usefixtures("unchanged")
def test_an_index_that_mixes_up_its_vectors_is_not_served(
    small: IngestSettings, embedding: Embedding, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = PassageIndex.build

    def mix_up(folder: Path, passages: Sequence[Passage], vectors: Vectors) -> None:
        build(folder, passages, np.ascontiguousarray(vectors[::-1]))

    monkeypatch.setattr(PassageIndex, "build", mix_up)
    edit(small)
    with pytest.raises(RefreshFailed, match=r"did not pass its check \(\d+ of \d+ passages are not found"):
        refresh(small, embedding)


def test_of_two_refreshes_one_wins_and_the_other_is_told(small: IngestSettings, embedding: Embedding) -> None:
    is_writing, may_go_on = threading.Event(), threading.Event()

    def wait() -> None:
        is_writing.set()
        assert may_go_on.wait(30)

    edit(small)
    first = threading.Thread(target=refresh, args=(small, WatchedEmbedding(embedding, wait)))
    first.start()
    assert is_writing.wait(30)
    before = SnapshotStore(small.home).current_id()
    with pytest.raises(WriterBusy, match=f"process {os.getpid()}"):
        refresh(small, embedding)
    assert SnapshotStore(small.home).current_id() == before
    may_go_on.set()
    first.join()
    assert SnapshotStore(small.home).current_id() != before
    assert served_documents(small) == {"lists", "sets"}


# A full disk, a kill


@pytest.fixture
def command(small: IngestSettings, models: Path) -> list[str]:
    """A refresh of an edited corpus, in a process of its own."""
    edit(small)
    return [sys.executable, "-m", "tests.ingest.refreshing", str(small.home), str(small.corpus), str(models)]


def outcome(command: list[str]) -> dict[str, str]:
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    answer: dict[str, str] = json.loads(result.stdout.splitlines()[-1])
    return answer


@pytest.mark.parametrize(
    ("stage", "file_bytes"),
    [("start", 0), ("writing", 70_000), ("writing", 180_000), ("verifying", 200_000)],
    ids=["no lock", "no vectors", "no database", "no copy to check"],
)
@pytest.mark.usefixtures("unchanged")
def test_a_full_disk_leaves_the_old_snapshot_and_is_told(command: list[str], stage: str, file_bytes: int) -> None:
    told = outcome([*command, "--full-at", stage, "--file-bytes", str(file_bytes)])
    assert told["error"] == "RefreshFailed"
    assert "What was served before goes on being served" in told["message"]
    assert "MB free" in told["message"]


@pytest.fixture
def full_disk(small: IngestSettings) -> Iterator[list[str]]:
    """A disk with little room below home; where mounting one is forbidden, a limit that does the same to a file."""
    kept = shutil.move(small.home, small.home.with_name("kept"))
    small.home.mkdir()
    pages = sum(path.stat().st_size // 4096 + 1 for path in kept.rglob("*"))
    mount = ["mount", "-t", "tmpfs", "-o", f"size={pages * 4096 + 400_000}", "tmpfs", str(small.home)]
    is_mounted = shutil.which("mount") and subprocess.run(mount, capture_output=True, check=False).returncode == 0
    shutil.copytree(kept, small.home, dirs_exist_ok=True)
    yield [] if is_mounted else ["--full-at", "writing", "--file-bytes", "100000"]
    if is_mounted:
        subprocess.run(["umount", str(small.home)], check=True)


def test_a_disk_that_fills_up_leaves_the_old_snapshot_and_is_told(
    small: IngestSettings, full_disk: list[str], command: list[str]
) -> None:
    before = SnapshotStore(small.home).current_id()
    told = outcome([*command, *full_disk])
    assert told["error"] == "RefreshFailed"
    assert "What was served before goes on being served" in told["message"]
    assert SnapshotStore(small.home).current_id() == before
    assert served_documents(small) == {"lists", "sets"}
    assert not (small.home / "building").exists()


@pytest.mark.parametrize(
    ("moment", "is_new"),
    [
        ("embedding", False),
        ("verifying", False),
        ("os.rename /snapshots/", False),
        ("os.rename /current.", False),
        ("done", True),
        ("os.rmdir /building/2", True),
    ],
)
def test_a_kill_at_any_moment_leaves_the_old_or_the_new_snapshot(
    small: IngestSettings, command: list[str], moment: str, is_new: bool
) -> None:
    old = SnapshotStore(small.home).current_id()
    result = subprocess.run(
        [*command, "--keep", "1", "--die-at", moment], cwd=ROOT, stdout=subprocess.PIPE, check=False
    )
    assert result.returncode == -9
    check_killed(small, old, is_new)


@pytest.mark.parametrize("seconds", [0.05, 0.15])
def test_a_kill_while_chroma_writes_leaves_the_old_or_the_new_snapshot(
    small: IngestSettings, command: list[str], seconds: float
) -> None:
    old = SnapshotStore(small.home).current_id()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert "writing\n" in iter(process.stdout.readline, "")
        time.sleep(seconds)
        process.kill()
    check_killed(small, old, SnapshotStore(small.home).current_id() != old)


def check_killed(settings: IngestSettings, old: str | None, is_new: bool) -> None:
    store = SnapshotStore(settings.home)
    assert (store.current_id() != old) == is_new
    assert served_documents(settings) == {"lists", "sets"}
    texts = [entry.passage.text for entry in store.current().passages.values()]
    assert any(SENTENCE in text for text in texts) == (not is_new)
    for snapshot_id in store.ids():
        if store.get(snapshot_id).is_complete:
            store.get(snapshot_id).check_seal()


def test_after_a_kill_the_next_refresh_goes_its_way(
    small: IngestSettings, command: list[str], embedding: Embedding
) -> None:
    subprocess.run([*command, "--die-at", "verifying"], cwd=ROOT, stdout=subprocess.PIPE, check=False)
    assert list((small.home / "building").iterdir())
    summary = refresh(small, embedding)
    assert (summary.changed, summary.snapshot) == (1, SnapshotStore(small.home).current_id())
    assert not (small.home / "building").exists()
    assert served_documents(small) == {"lists", "sets"}


def test_a_kill_of_the_first_refresh_leaves_nothing_to_serve(
    small: IngestSettings, command: list[str], embedding: Embedding
) -> None:
    shutil.rmtree(small.home)
    subprocess.run([*command, "--die-at", "os.rename /current."], cwd=ROOT, stdout=subprocess.PIPE, check=False)
    assert SnapshotStore(small.home).current_id() is None
    refresh(small, embedding)
    assert served_documents(small) == {"lists", "sets"}
