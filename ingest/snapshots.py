"""Sealed snapshots: what is served, and how one replaces another.

    <home>/current                 the id of the snapshot that is served, replaced atomically
    <home>/snapshots/<id>/         manifest.json passages.jsonl documents.jsonl concepts.yaml resources.yaml
                                   passages.npy units.npy tokens.npy token_counts.npy pointers.jsonl pointers.npy
                                   uncovered.jsonl uncovered.npy chroma/ keywords/
    <home>/building/               a snapshot on its way; left-overs of a killed refresh are removed by the next one
    <home>/writer.lock             held by the one refresh that may write

Knows files, hashes and pointers. Does not know where documents come from: `ingest.refresh` does.
"""

import json
import os
import shutil
import tempfile
import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
from filelock import FileLock, Timeout
from pydantic import BaseModel, ValidationError

from corpus.concept_graph import ConceptGraph
from corpus.content import Document, Link, Resource, Section
from corpus.reader import CONCEPTS_FILE, RESOURCES_FILE, read_concept_graph, read_resources
from ingest.embedding import Vectors
from ingest.index import PassageIndex, folder_hashes
from ingest.keywords import KeywordIndex
from ingest.late_interaction import TokenVectors
from ingest.passages import Passage
from ingest.pointers import Pointer
from ingest.sentences import Unit

MANIFEST_FILE = "manifest.json"
PASSAGES_FILE = "passages.jsonl"
DOCUMENTS_FILE = "documents.jsonl"
PASSAGE_VECTORS_FILE = "passages.npy"
UNIT_VECTORS_FILE = "units.npy"
POINTERS_FILE = "pointers.jsonl"
POINTER_VECTORS_FILE = "pointers.npy"
TOKENS_FILE = "tokens.npy"
TOKEN_COUNTS_FILE = "token_counts.npy"
UNCOVERED_FILE = "uncovered.jsonl"
UNCOVERED_VECTORS_FILE = "uncovered.npy"
CHROMA_FOLDER = "chroma"
KEYWORDS_FOLDER = "keywords"
LAYOUT = 3
_TEXT_FILES = {MANIFEST_FILE, PASSAGES_FILE, DOCUMENTS_FILE, CONCEPTS_FILE, RESOURCES_FILE}


class SnapshotError(RuntimeError):
    """The root of what can be wrong with a snapshot.

    SnapshotError
    ├── NoSnapshot          nothing was built yet
    ├── UnknownSnapshot     no snapshot has this id
    ├── BrokenSnapshot      a sealed file is missing or was changed
    └── WriterBusy          another refresh is writing
    """


class NoSnapshot(SnapshotError):
    pass


class UnknownSnapshot(SnapshotError):
    pass


class BrokenSnapshot(SnapshotError):
    pass


class WriterBusy(SnapshotError):
    pass


class Gate(BaseModel):
    """What tells whether a question is covered (`ingest.coverage`).

    `weights` are for the signals of a question and then for its vector; those left out at the end are 0. `kept` and
    `refused` are the shares of the examples, each judged by a gate that was fitted without it.
    """

    threshold: float
    weights: list[float]
    kept: float
    refused: float

    def margin(self, signals: Vectors, vector: Vectors) -> float:
        """How far a question is on the side of those that are covered; negative if it is not covered."""
        evidence = np.concatenate([signals, vector])[: len(self.weights)]
        return float(evidence @ np.asarray(self.weights)) - self.threshold


class Manifest(BaseModel):
    """What a snapshot holds and how it was made. `layout` says which files there are; the first had no pointers."""

    id: str
    layout: int = 1
    created: datetime
    content_sha256: str
    fingerprint: dict[str, str | int | bool]
    counts: dict[str, int]
    passages: dict[str, str]
    gate: Gate
    files: dict[str, str]


@dataclass(frozen=True)
class IndexedPassage:
    """The passage with this number and its quotable units, whose vectors are rows `first_row`… of all unit vectors."""

    passage: Passage
    units: tuple[Unit, ...]
    number: int
    first_row: int


class Snapshot:
    """One sealed snapshot on disk, read as needed. Nothing here writes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            self.manifest = Manifest.model_validate_json((folder / MANIFEST_FILE).read_bytes())
        except ValidationError as error:
            raise BrokenSnapshot(f"{folder / MANIFEST_FILE} is damaged: run `stepwise refresh`.") from error
        self.id = self.manifest.id

    @cached_property
    def passages(self) -> dict[str, IndexedPassage]:
        """Every passage by id, in the order of the keyword index."""
        found: dict[str, IndexedPassage] = {}
        row = 0
        for entry in _read_lines(self.folder / PASSAGES_FILE):
            units = tuple(Unit(start, end, kind) for start, end, kind in entry.pop("units"))
            passage = Passage.from_json(entry)
            found[passage.id] = IndexedPassage(passage, units, len(found), row)
            row += len(units)
        return found

    @cached_property
    def documents(self) -> dict[str, Document]:
        found: dict[str, Document] = {}
        for entry in _read_lines(self.folder / DOCUMENTS_FILE):
            sections = tuple(Section(**section) for section in entry.pop("sections"))
            links = tuple(Link(**link) for link in entry.pop("links"))
            found[entry["id"]] = Document(**entry, sections=sections, links=links)
        return found

    @cached_property
    def pointers(self) -> tuple[Pointer, ...]:
        return tuple(Pointer(**entry) for entry in _read_lines(self.folder / POINTERS_FILE))

    @cached_property
    def graph(self) -> ConceptGraph:
        return read_concept_graph(self.folder)

    @cached_property
    def resources(self) -> dict[str, Resource]:
        return read_resources(self.folder)

    @property
    def is_complete(self) -> bool:
        """False for an old snapshot that is kept for its citations only: without its index, or of another layout."""
        return self.manifest.layout == LAYOUT and (self.folder / CHROMA_FOLDER).exists()

    def check_seal(self) -> None:
        """Compare every file with the manifest.

        Raises:
            BrokenSnapshot: A file is missing, new or changed.
        """
        found = folder_hashes(self.folder)
        found.pop(MANIFEST_FILE)
        if found != self.manifest.files:
            wrong = sorted({*found.items()} ^ {*self.manifest.files.items()})[0][0]
            raise BrokenSnapshot(
                f"Snapshot {self.id} was changed after it was sealed ({wrong}): run `stepwise refresh --force`."
            )


class OpenSnapshot:
    """A snapshot ready to be searched, on a private copy of its Chroma folder. Close it, or use it as a context."""

    def __init__(self, snapshot: Snapshot) -> None:
        if snapshot.manifest.layout != LAYOUT:
            raise BrokenSnapshot("The index was made by another version of Stepwise: run `stepwise refresh`.")
        snapshot.check_seal()
        self.snapshot = snapshot
        self.id = snapshot.id
        self.passages = snapshot.passages
        self.passage_ids = list(snapshot.passages)
        self.keywords = KeywordIndex(snapshot.folder / KEYWORDS_FOLDER)
        self._unit_vectors: Vectors = np.load(snapshot.folder / UNIT_VECTORS_FILE, allow_pickle=False)
        self._pointer_vectors: Vectors = np.load(snapshot.folder / POINTER_VECTORS_FILE, allow_pickle=False)
        self._uncovered_vectors: Vectors = np.load(snapshot.folder / UNCOVERED_VECTORS_FILE, allow_pickle=False)
        self._passage_vectors: Vectors = np.load(snapshot.folder / PASSAGE_VECTORS_FILE, allow_pickle=False)
        self._tokens: TokenVectors = np.load(snapshot.folder / TOKENS_FILE, allow_pickle=False)
        counts = np.load(snapshot.folder / TOKEN_COUNTS_FILE, allow_pickle=False)
        self._first_tokens: list[int] = np.concatenate([[0], np.cumsum(counts)]).tolist()
        self._first_pointers = _first_rows([pointer.document for pointer in snapshot.pointers])
        self._passages_of: dict[str, list[str]] = {}
        for passage_id, entry in snapshot.passages.items():
            self._passages_of.setdefault(entry.passage.document, []).append(passage_id)
        self._copy = tempfile.TemporaryDirectory(prefix="stepwise-index-", ignore_cleanup_errors=True)
        shutil.copytree(snapshot.folder / CHROMA_FOLDER, self._copy.name, dirs_exist_ok=True)
        _make_writable(Path(self._copy.name))
        self.index = PassageIndex(Path(self._copy.name))
        # A snapshot that was replaced is closed when the last answer that uses it is done.
        self.close = weakref.finalize(self, _close, self.index, self._copy)

    def unit_vectors(self, passage_id: str) -> Vectors:
        """The vectors of a passage's units, of shape (units, dimension)."""
        entry = self.passages[passage_id]
        rows: Vectors = self._unit_vectors[entry.first_row : entry.first_row + len(entry.units)]
        return rows

    def tokens_of(self, passage_id: str) -> tuple[TokenVectors, list[TokenVectors]]:
        """The token vectors of a passage, and those of each of its units."""
        entry = self.passages[passage_id]
        first = entry.first_row + entry.number  # Each passage before it has one block of its own and one a unit.
        bounds = self._first_tokens[first : first + len(entry.units) + 2]
        whole, *units = (self._tokens[start:end] for start, end in pairwise(bounds))
        return whole, units

    @property
    def texts(self) -> tuple[Vectors, Vectors, Vectors]:
        """The vectors of all passages, units and pointers, one a row."""
        return self._passage_vectors, self._unit_vectors, self._pointer_vectors

    def uncovered(self) -> Iterator[tuple[str, Vectors]]:
        """Every question that the gate was told is not covered, with its vector."""
        questions = (entry["question"] for entry in _read_lines(self.snapshot.folder / UNCOVERED_FILE))
        return zip(questions, self._uncovered_vectors, strict=True)

    def passages_of(self, document_id: str) -> Sequence[str]:
        """The ids of a document's passages, in reading order."""
        return self._passages_of.get(document_id, ())

    def pointers(self) -> Iterator[tuple[Pointer, Vectors]]:
        """Every pointer with its vector."""
        return zip(self.snapshot.pointers, self._pointer_vectors, strict=True)

    def pointer_cosines(self, vector: Vectors) -> dict[str, float]:
        """For each document, the cosine of a unit vector with the nearest pointer to it."""
        if not self._first_pointers:
            return {}
        nearest = np.maximum.reduceat(self._pointer_vectors @ vector, list(self._first_pointers.values()))
        return dict(zip(self._first_pointers, nearest.tolist(), strict=True))

    def __enter__(self) -> "OpenSnapshot":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class SnapshotStore:
    """All snapshots below a home folder, and the pointer to the one that is served."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._snapshots = home / "snapshots"
        self._building = home / "building"
        self._pointer = home / "current"

    def current_id(self) -> str | None:
        try:
            return self._pointer.read_text().strip() or None
        except FileNotFoundError:
            return None

    def current(self) -> Snapshot:
        """The snapshot that is served.

        Raises:
            NoSnapshot: None was built yet.
            BrokenSnapshot: Its folder is gone, or its manifest is damaged.
        """
        snapshot_id = self.current_id()
        if snapshot_id is None:
            raise NoSnapshot("There is no index yet: run `stepwise refresh` to build it.")
        if snapshot_id not in self.ids():
            raise BrokenSnapshot(f"The snapshot that is served, {snapshot_id}, is gone: run `stepwise refresh`.")
        return self.get(snapshot_id)

    def get(self, snapshot_id: str) -> Snapshot:
        """Any snapshot that still has its texts.

        Raises:
            UnknownSnapshot: No such snapshot is here.
        """
        if snapshot_id not in self.ids():
            raise UnknownSnapshot(f"There is no snapshot {snapshot_id!r} here.")
        return _snapshot(self._snapshots / snapshot_id)

    def ids(self) -> list[str]:
        """The ids of all snapshots, oldest first."""
        if not self._snapshots.exists():
            return []
        return sorted(folder.name for folder in self._snapshots.iterdir() if (folder / MANIFEST_FILE).exists())

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the one writer. The lock is the kernel's, so that it goes when its process does.

        Raises:
            WriterBusy: Another process, named in the message, is writing.
        """
        self.home.mkdir(parents=True, exist_ok=True)
        holder = self.home / "writer.json"
        try:
            with FileLock(self.home / "writer.lock", timeout=0):
                since = datetime.now(UTC).isoformat("T", "seconds")
                _replace_durably(holder, json.dumps({"pid": os.getpid(), "since": since}))
                yield
        except Timeout:
            who = json.loads(holder.read_text()) if holder.exists() else {"pid": "?", "since": "?"}
            raise WriterBusy(
                f"Another refresh is running (process {who['pid']}, since {who['since']}): wait for it to end."
            ) from None

    @contextmanager
    def building(self) -> Iterator[Path]:
        """A fresh folder to build a snapshot in; it is gone afterwards unless it was promoted."""
        shutil.rmtree(self._building, ignore_errors=True)
        folder = self._building / uuid4().hex
        folder.mkdir(parents=True)
        try:
            yield folder
        finally:
            shutil.rmtree(self._building, ignore_errors=True)

    def promote(self, folder: Path, manifest: Manifest) -> Snapshot:
        """Seal a finished folder and let the pointer name it."""
        _write_durably(folder / MANIFEST_FILE, manifest.model_dump_json(indent=1))
        for path in folder.rglob("*"):
            if path.is_file():
                path.chmod(0o444)
        target = self._snapshots / manifest.id
        self._snapshots.mkdir(exist_ok=True)
        folder.rename(target)
        self._point_to(manifest.id)
        return Snapshot(target)

    def rollback(self) -> Snapshot:
        """Serve the snapshot before the current one.

        Raises:
            NoSnapshot: There is no earlier complete snapshot.
            BrokenSnapshot: That one was changed after it was sealed; the current one goes on being served.
        """
        ids = self.ids()
        current = self.current()
        earlier = [id_ for id_ in ids if id_ < current.id and self.get(id_).is_complete]
        if not earlier:
            raise NoSnapshot("There is no earlier snapshot to go back to.")
        snapshot = self.get(earlier[-1])
        snapshot.check_seal()
        self._point_to(snapshot.id)
        return snapshot

    def prune(self, keep: int) -> None:
        """Keep the newest snapshots whole; of older ones keep the texts, so that old citations go on resolving."""
        others = [id_ for id_ in self.ids() if id_ != self.current_id()]
        whole = [id_ for id_ in others if (self._snapshots / id_ / CHROMA_FOLDER).exists()]
        for snapshot_id in whole[: max(0, len(whole) - (keep - 1))]:
            folder = self._snapshots / snapshot_id
            # At once, so that a prune that is killed leaves no half index in a snapshot that looks whole.
            self._building.mkdir(exist_ok=True)
            shutil.rmtree((folder / CHROMA_FOLDER).rename(self._building / snapshot_id))
            for path in folder.iterdir():
                if path.is_dir():
                    shutil.rmtree(path)
                elif path.name not in _TEXT_FILES:
                    path.unlink()

    def _point_to(self, snapshot_id: str) -> None:
        _replace_durably(self._pointer, snapshot_id + "\n")


@lru_cache(maxsize=4)
def _snapshot(folder: Path) -> Snapshot:
    """Snapshots never change, so what was read of one stays true."""
    return Snapshot(folder)


def write_lines(path: Path, entries: Iterable[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for entry in entries:
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")


def _read_lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _write_durably(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _replace_durably(path: Path, text: str) -> None:
    """Readers see the old text or the new one, never a part."""
    temporary = path.with_suffix(f".{uuid4().hex}")
    try:
        _write_durably(temporary, text)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _first_rows(names: Iterable[str]) -> dict[str, int]:
    """The first position of each name, where equal names stand next to each other."""
    first: dict[str, int] = {}
    for row, name in enumerate(names):
        first.setdefault(name, row)
    return first


def _close(index: PassageIndex, copy: tempfile.TemporaryDirectory[str]) -> None:
    index.close()
    copy.cleanup()


def _make_writable(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            path.chmod(0o644)
