"""Late interaction: a question and a text compared word by word, with token vectors that were computed beforehand.

After ColBERT (Khattab and Zaharia, 2020), whose MaxSim takes for each token of the question its best cosine with a
token of the text. Token vectors are kept in 64 of their 384 dimensions and as int8: a twenty-fourth of the space for
.002 of nDCG@10 (docs/log.md). Knows token vectors. Does not know texts.
"""

from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.embedding import Vectors

TokenVectors = NDArray[np.int8]
"""One row a token, of shape (tokens, 64)."""

# The directions in which the token vectors of the shipped corpus vary most (`ingest.training`).
BASIS_FILE = Path(__file__).with_name("token_basis.npy")
KEPT_DIMENSIONS = 64
_SCALE = 127.0


def compressed(tokens: Vectors) -> TokenVectors:
    """The form in which the token vectors of a text, of shape (tokens, 384), are kept."""
    return np.round(_reduced(tokens) * _SCALE).astype(np.int8)


def word_scores(question: Vectors, text: TokenVectors) -> Vectors:
    """Cosines of shape (tokens of the question, tokens of the text)."""
    scores: Vectors = _reduced(question) @ (text.T.astype(np.float32) / _SCALE)
    return scores


def _reduced(tokens: Vectors) -> Vectors:
    """Unit rows in the kept dimensions, without the marks of the text's start and end."""
    rows = tokens[1:-1] @ _basis()
    reduced: Vectors = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return reduced


@lru_cache(maxsize=1)
def _basis() -> Vectors:
    basis: Vectors = np.load(BASIS_FILE, allow_pickle=False).astype(np.float32)
    return basis
