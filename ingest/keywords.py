"""The keyword index: BM25 over the same text that is embedded.

Knows words and their counts. Does not know meaning: `ingest.embedding` does.
"""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import bm25s
import numpy as np
import Stemmer
from numpy.typing import NDArray

logging.getLogger("bm25s").setLevel(logging.WARNING)  # It brings its own handler, and tells of every step.

_K1, _B = 1.5, 0.75  # Measured with English stop words and the Snowball stemmer (docs/log.md).


class KeywordIndex:
    """BM25 scores of every passage for a question, in the order in which the passages were given."""

    def __init__(self, folder: Path) -> None:
        self._bm25 = bm25s.BM25.load(str(folder), load_corpus=False)

    @staticmethod
    def build(folder: Path, texts: Sequence[str]) -> None:
        bm25 = bm25s.BM25(k1=_K1, b=_B)
        bm25.index(_tokens(list(texts)), show_progress=False)
        bm25.save(str(folder), show_progress=False)

    def scores(self, question: str) -> NDArray[np.float32]:
        """One score a passage, zero where no word is shared."""
        tokens = _tokens([question])[0]
        if not tokens:
            return np.zeros(self._bm25.scores["num_docs"], dtype=np.float32)
        return np.asarray(self._bm25.get_scores(tokens), dtype=np.float32)


def _tokens(texts: list[str]) -> Any:
    stemmer = Stemmer.Stemmer("english")
    return bm25s.tokenize(texts, stopwords="en", stemmer=stemmer, return_ids=False, show_progress=False)
