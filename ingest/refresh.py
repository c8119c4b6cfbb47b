"""Brings the index up to date with the corpus, beside the snapshot that is being served.

One refresh, in order: read, cut, compare, embed what is new, build aside, verify, seal, switch the pointer, prune.
Killed or failed at any of these, the old snapshot goes on serving.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from corpus.content import Document
from corpus.reader import CONCEPTS_FILE, RESOURCES_FILE, read_asked, read_concept_graph, read_documents, read_quizzes
from ingest.coverage import fit_gate, uncovered_questions
from ingest.embedding import DIMENSION, Embedding, Vectors
from ingest.index import PassageIndex, folder_hashes
from ingest.keywords import KeywordIndex
from ingest.late_interaction import TokenVectors, compressed
from ingest.passages import CUTTING_RULES, Passage, cut_passages, sha256
from ingest.pointers import Pointer, pointers_to
from ingest.sentences import Unit, cut_units
from ingest.settings import IngestSettings
from ingest.snapshots import (
    CHROMA_FOLDER,
    DOCUMENTS_FILE,
    KEYWORDS_FOLDER,
    LAYOUT,
    PASSAGE_VECTORS_FILE,
    PASSAGES_FILE,
    POINTER_VECTORS_FILE,
    POINTERS_FILE,
    TOKEN_COUNTS_FILE,
    TOKENS_FILE,
    UNCOVERED_FILE,
    UNCOVERED_VECTORS_FILE,
    UNIT_VECTORS_FILE,
    Manifest,
    OpenSnapshot,
    Snapshot,
    SnapshotError,
    SnapshotStore,
    write_lines,
)

Progress = Callable[[str, int, int], None]
"""Is told the stage, how much of it is done, and how much there is."""


class RefreshFailed(RuntimeError):
    """The new snapshot could not be built; the old one goes on serving. The message says why."""


@dataclass(frozen=True)
class RefreshSummary:
    """What a refresh did, or with `dry_run` would do. `added`, `changed` and `removed` count passages."""

    snapshot: str | None
    added: int
    changed: int
    removed: int
    unchanged: int
    embedded: int
    seconds: float
    is_dry_run: bool = False

    @property
    def is_up_to_date(self) -> bool:
        return not (self.added or self.changed or self.removed or self.embedded)


@dataclass(frozen=True)
class _Texts:
    """All that a snapshot is made from, before any embedding."""

    documents: list[Document]
    passages: list[Passage]
    units: list[list[Unit]]
    pointers: list[Pointer]
    content_sha256: str

    @property
    def units_of_passages(self) -> list[list[str]]:
        pairs = zip(self.passages, self.units, strict=True)
        return [[unit.of(passage.text) for unit in units] for passage, units in pairs]

    @property
    def unit_texts(self) -> list[str]:
        return [text for texts in self.units_of_passages for text in texts]

    @property
    def pointer_texts(self) -> list[str]:
        return [pointer.text for pointer in self.pointers]


@dataclass
class _Known:
    """Vectors of texts by the hash of the text, and for units those of their tokens."""

    vectors: dict[str, Vectors] = field(default_factory=dict)
    tokens: dict[str, TokenVectors] = field(default_factory=dict)

    def rows(self, texts: Sequence[str]) -> Vectors:
        rows = [self.vectors[sha256(text)] for text in texts]
        return np.stack(rows) if rows else np.zeros((0, DIMENSION), dtype=np.float32)


def refresh(
    settings: IngestSettings,
    embedding: Embedding,
    on_progress: Progress = lambda stage, done, total: None,
    *,
    force: bool = False,
    dry_run: bool = False,
) -> RefreshSummary:
    """Build and serve a snapshot of the corpus as it is now.

    Raises:
        WriterBusy: Another refresh is running.
        RefreshFailed: Something went wrong on the way; nothing that is served has changed.
        CorpusError: A corpus file cannot be read.
    """
    started = time.perf_counter()
    store = SnapshotStore(settings.home)
    texts = _read(settings.corpus, embedding)
    previous = _previous(store)
    difference = _difference(texts.passages, previous)
    is_same = previous is not None and previous.manifest.content_sha256 == texts.content_sha256
    if dry_run or (is_same and not force):
        seconds = time.perf_counter() - started
        current = previous.id if previous else None
        return RefreshSummary(current, *difference, embedded=0, seconds=seconds, is_dry_run=dry_run)
    try:
        with store.writing(), store.building() as folder:
            snapshot, embedded = _build(store, folder, texts, settings.corpus, embedding, previous, on_progress)
            store.prune(settings.keep_snapshots)
    except SnapshotError:
        raise
    # Chroma, SQLite and the file system each have errors of their own for a full disk; all mean the same here.
    except Exception as error:
        disk = next(folder for folder in (settings.home, *settings.home.parents) if folder.exists())
        raise RefreshFailed(
            f"The refresh stopped: {error}. What was served before goes on being served. "
            f"There are {shutil.disk_usage(disk).free // 2**20} MB free in {settings.home}."
        ) from error
    return RefreshSummary(snapshot.id, *difference, embedded=embedded, seconds=time.perf_counter() - started)


def _read(corpus: Path, embedding: Embedding) -> _Texts:
    documents = read_documents(corpus)
    passages = [passage for document in documents for passage in cut_passages(document)]
    if not passages:
        raise RefreshFailed(f"There is no note in {corpus}: nothing to index, and nothing was changed.")
    units = [cut_units(passage.text) for passage in passages]
    pointers = pointers_to(documents, read_asked(corpus), read_quizzes(corpus), read_concept_graph(corpus))
    parts = (LAYOUT, CUTTING_RULES, embedding.fingerprint, uncovered_questions())
    digest = hashlib.sha256()
    for part in (*parts, [asdict(pointer) for pointer in pointers], [asdict(document) for document in documents]):
        digest.update(json.dumps(part, sort_keys=True).encode())
    for name in (CONCEPTS_FILE, RESOURCES_FILE):
        digest.update((corpus / name).read_bytes())
    return _Texts(documents, passages, units, pointers, digest.hexdigest())


def _previous(store: SnapshotStore) -> Snapshot | None:
    """The snapshot that is served, unless it is too broken to build on."""
    try:
        return store.current()
    except SnapshotError:
        return None


def _difference(passages: Sequence[Passage], previous: Snapshot | None) -> tuple[int, int, int, int]:
    """How many passages are added, changed, removed and unchanged."""
    old = previous.manifest.passages if previous else {}
    new = {passage.id: passage.sha256 for passage in passages}
    kept = new.keys() & old.keys()
    changed = sum(new[id_] != old[id_] for id_ in kept)
    return len(new) - len(kept), changed, len(old) - len(kept), len(kept) - changed


def _build(
    store: SnapshotStore,
    folder: Path,
    texts: _Texts,
    corpus: Path,
    embedding: Embedding,
    previous: Snapshot | None,
    on_progress: Progress,
) -> tuple[Snapshot, int]:
    # 1. Vectors, as many as possible from the snapshot before.
    known = _known_vectors(previous, embedding)
    contents = [passage.embedding_content() for passage in texts.passages]
    searched = [
        text for content, units in zip(contents, texts.units_of_passages, strict=True) for text in (content, *units)
    ]
    embedded = _embed(searched, [*texts.pointer_texts, *uncovered_questions()], known, embedding, on_progress)
    passage_vectors, unit_vectors = known.rows(contents), known.rows(texts.unit_texts)
    pointer_vectors, uncovered_vectors = known.rows(texts.pointer_texts), known.rows(uncovered_questions())

    # 2. The files.
    on_progress("writing", 0, 1)
    write_lines(
        folder / PASSAGES_FILE,
        (
            {**passage.to_json(), "units": [(unit.start, unit.end, unit.kind) for unit in units]}
            for passage, units in zip(texts.passages, texts.units, strict=True)
        ),
    )
    write_lines(folder / DOCUMENTS_FILE, (asdict(document) for document in texts.documents))
    for name in (CONCEPTS_FILE, RESOURCES_FILE):
        shutil.copyfile(corpus / name, folder / name)
    np.save(folder / PASSAGE_VECTORS_FILE, passage_vectors)
    np.save(folder / UNIT_VECTORS_FILE, unit_vectors)
    tokens = [known.tokens[sha256(text)] for text in searched]
    np.save(folder / TOKENS_FILE, np.concatenate(tokens))
    np.save(folder / TOKEN_COUNTS_FILE, np.array([len(rows) for rows in tokens], dtype=np.int64))
    write_lines(folder / POINTERS_FILE, (asdict(pointer) for pointer in texts.pointers))
    np.save(folder / POINTER_VECTORS_FILE, pointer_vectors)
    write_lines(folder / UNCOVERED_FILE, ({"question": question} for question in uncovered_questions()))
    np.save(folder / UNCOVERED_VECTORS_FILE, uncovered_vectors)
    KeywordIndex.build(folder / KEYWORDS_FOLDER, contents)
    PassageIndex.build(folder / CHROMA_FOLDER, texts.passages, passage_vectors)

    # 3. Verify in another process, since a broken index can bring its process down.
    on_progress("verifying", 0, 1)
    hashes = folder_hashes(folder)
    _probe(folder)
    if folder_hashes(folder) != hashes:
        raise RefreshFailed("The new index changed while it was verified.")

    # 4. Seal and switch.
    now = datetime.now(UTC)
    manifest = Manifest(
        id=f"{now:%Y%m%dT%H%M%S}{now.microsecond // 1000:03d}-{texts.content_sha256[:8]}",
        layout=LAYOUT,
        created=now,
        content_sha256=texts.content_sha256,
        fingerprint={**embedding.fingerprint, "cutting": CUTTING_RULES},
        counts=_counts(texts),
        passages={passage.id: passage.sha256 for passage in texts.passages},
        gate=fit_gate(passage_vectors, unit_vectors, pointer_vectors, uncovered_vectors),
        files=hashes,
    )
    snapshot = store.promote(folder, manifest)
    on_progress("done", 1, 1)
    return snapshot, embedded


def _known_vectors(previous: Snapshot | None, embedding: Embedding) -> _Known:
    """What the previous snapshot knows, if it was made with the same embedding."""
    if previous is None or not previous.is_complete:
        return _Known()
    if previous.manifest.fingerprint != {**embedding.fingerprint, "cutting": CUTTING_RULES}:
        return _Known()
    known = _Known()
    try:
        with OpenSnapshot(previous) as opened:
            passage_vectors = opened.index.vectors()
            for passage_id, entry in opened.passages.items():
                known.vectors[sha256(entry.passage.embedding_content())] = passage_vectors[passage_id]
                whole, tokens = opened.tokens_of(passage_id)
                known.tokens[sha256(entry.passage.embedding_content())] = whole
                texts = [sha256(unit.of(entry.passage.text)) for unit in entry.units]
                known.vectors.update(zip(texts, opened.unit_vectors(passage_id), strict=True))
                known.tokens.update(zip(texts, tokens, strict=True))
            known.vectors |= {sha256(pointer.text): vector for pointer, vector in opened.pointers()}
            known.vectors |= {sha256(question): vector for question, vector in opened.uncovered()}
    except SnapshotError:
        return _Known()  # A broken snapshot is a reason to build a new one, not to stop.
    return known


def _embed(
    searched: Sequence[str], others: Sequence[str], known: _Known, embedding: Embedding, on_progress: Progress
) -> int:
    """Let all these texts be known, the searched ones with their tokens; returns how many had to be embedded."""
    with_tokens = [text for text in dict.fromkeys(searched) if sha256(text) not in known.tokens]
    soon = set(with_tokens)
    without = [text for text in dict.fromkeys(others) if sha256(text) not in known.vectors and text not in soon]
    missing = [*with_tokens, *without]
    done = 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        on_progress("embedding", done, len(missing))

    for text, (vector, tokens) in zip(missing, embedding.read(missing, count), strict=True):
        known.vectors[sha256(text)] = vector
        if text in soon:
            known.tokens[sha256(text)] = compressed(tokens)
    return len(missing)


def _probe(folder: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "ingest.probe", str(folder)], capture_output=True, text=True, check=False
    )
    if result.returncode != 0:
        reason = (result.stderr.strip().splitlines() or [f"exit status {result.returncode}"])[-1]
        raise RefreshFailed(f"the new index did not pass its check ({reason})")


def _counts(texts: _Texts) -> dict[str, Any]:
    return {
        "notes": sum(document.concept is not None for document in texts.documents),
        "path_notes": sum(document.kind == "note" and document.concept is None for document in texts.documents),
        "resources": sum(document.kind == "resource" for document in texts.documents),
        "passages": len(texts.passages),
        "units": sum(map(len, texts.units)),
    }
