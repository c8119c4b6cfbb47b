"""The dense index: passage vectors in an embedded Chroma collection. The only module that knows Chroma.

Chroma writes to a folder even while reading and loses data when two processes share one, so a folder is built once,
closed, and from then on only copies of it are opened (`ingest.snapshots`).
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import chromadb
import numpy as np
from chromadb.config import Settings

from ingest.embedding import Vectors
from ingest.passages import Passage

_COLLECTION = "passages"
_BATCH = 5000  # Chroma 1.5 refuses more than 5,461 at once.


@dataclass(frozen=True)
class Hit:
    """A passage near a question: its id and the cosine of the two vectors."""

    passage_id: str
    cosine: float


class PassageIndex:
    """Nearest passages of a vector. Open it on a copy of a sealed folder, and close it."""

    def __init__(self, folder: Path) -> None:
        self._client = _client(folder)
        self._collection = self._client.get_collection(_COLLECTION, embedding_function=None)

    @staticmethod
    def build(folder: Path, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Write a new index. `vectors` has the shape (len(passages), dimension) and unit rows."""
        client = _client(folder)
        collection = client.create_collection(
            _COLLECTION,
            embedding_function=None,
            # Measured: with these values an index survived 32 of 32 kills; with the defaults some segfaulted later.
            configuration={"hnsw": {"space": "cosine", "sync_threshold": 1_000_000, "batch_size": 1000}},
        )
        for first in range(0, len(passages), _BATCH):
            batch = passages[first : first + _BATCH]
            collection.add(
                ids=[passage.id for passage in batch],
                embeddings=vectors[first : first + _BATCH],
                metadatas=[{"kind": passage.kind, "step": passage.step or 0} for passage in batch],
            )
        client.close()

    def nearest(self, vector: Vectors, limit: int, kinds: Sequence[str] | None = None) -> list[Hit]:
        """The passages nearest to a unit vector, best first."""
        found = self._collection.query(
            query_embeddings=vector[np.newaxis],
            n_results=limit,
            where=cast(Any, {"kind": {"$in": list(kinds)}}) if kinds else None,
            include=["distances"],
        )
        distances = found["distances"] or [[]]
        return [Hit(id_, 1.0 - distance) for id_, distance in zip(found["ids"][0], distances[0], strict=True)]

    def vectors(self, passage_ids: Sequence[str] | None = None) -> dict[str, Vectors]:
        """The stored vectors of these passages, or of all."""
        vectors: dict[str, Vectors] = {}
        for page in self._pages(passage_ids):
            embeddings = np.asarray(page["embeddings"], dtype=np.float32)
            vectors.update(zip(page["ids"], embeddings, strict=True))
        return vectors

    def count(self) -> int:
        return int(self._collection.count())

    def close(self) -> None:
        self._client.close()

    def _pages(self, passage_ids: Sequence[str] | None) -> Iterator[Mapping[str, Any]]:
        if passage_ids is not None:
            if passage_ids:
                yield cast(Any, self._collection.get(ids=list(passage_ids), include=["embeddings"]))
            return
        for offset in range(0, self.count(), _BATCH):
            yield cast(Any, self._collection.get(limit=_BATCH, offset=offset, include=["embeddings"]))


def folder_hashes(folder: Path) -> dict[str, str]:
    """The sha256 of every file below a folder, by relative path."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _client(folder: Path) -> Any:
    return chromadb.PersistentClient(path=folder, settings=Settings(anonymized_telemetry=False))
