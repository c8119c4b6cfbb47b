"""Learns whether the notes cover a question: the gate, fitted to the corpus at hand with each refresh.

Examples of what is covered are the pointers of the index, each looked at as if it were not in the index itself.
Examples of what is not are the questions in `uncovered/`: other software, other sciences, everyday life, facts such as
prices and dates, and subjects of the field that the curriculum leaves out. Knows vectors. Does not know words.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.embedding import Vectors
from ingest.snapshots import Gate

_UNCOVERED_FOLDER = Path(__file__).with_name("uncovered")
_NEAREST = 3
_CHUNK = 256
_MOST_EXAMPLES = 4000
_FEWEST_EXAMPLES = 200
_RIDGE = 100.0
# Refusing a learner wrongly is worse than quoting beside the point, since the sources show what was found.
_REFUSED_AT_MOST = 0.05
# For a corpus without questions: on others it kept 97 to 99.9 % of the questions and let in 6 to 10 % of far ones.
_UNFITTED_THRESHOLD = 0.40

Numbers = NDArray[np.float64]


@lru_cache(maxsize=1)
def uncovered_questions() -> tuple[str, ...]:
    """Questions that the shipped curriculum does not answer."""
    files = sorted(_UNCOVERED_FOLDER.glob("*.txt"))
    return tuple(line for file in files for line in file.read_text(encoding="utf-8").splitlines())


def signals(questions: Vectors, texts: Sequence[Vectors], own: NDArray[np.int64] | None = None) -> Numbers:
    """How near a question is to the texts of an index: for each kind of text, the best cosine and the mean of the best.

    Args:
        questions: Unit rows, one a question.
        texts: For each kind of text (passages, units, pointers) its unit rows.
        own: For each question the row of the last kind that is the question itself and is left out.

    Returns:
        Shape (questions, 2 * kinds).
    """
    columns = []
    for kind, rows in enumerate(texts):
        best = np.zeros((len(questions), 2))
        for first in range(0, len(questions) if len(rows) else 0, _CHUNK):
            cosines = questions[first : first + _CHUNK] @ rows.T
            if own is not None and kind == len(texts) - 1:
                cosines[np.arange(len(cosines)), own[first : first + _CHUNK]] = -1.0
            few = min(_NEAREST, cosines.shape[1])
            top = np.partition(cosines, cosines.shape[1] - few, axis=1)[:, -few:]
            best[first : first + _CHUNK] = np.column_stack([top.max(axis=1), top.mean(axis=1)])
        columns.append(best)
    return np.hstack(columns)


def fit_gate(passages: Vectors, units: Vectors, pointers: Vectors, uncovered: Vectors) -> Gate:
    """A linear gate on the signals of a question and on its vector.

    Ridge regression on a balanced target of 1 and -1. The rates and the threshold rest on leave-one-out scores, which
    for a ridge are exact without fitting again: y - (y - f) / (1 - h).
    """
    picked = np.arange(len(pointers))
    if len(pointers) < _FEWEST_EXAMPLES:
        return Gate(threshold=_UNFITTED_THRESHOLD, weights=[1.0], kept=1.0, refused=0.0)
    if len(picked) > _MOST_EXAMPLES:
        picked = np.random.default_rng(0).choice(picked, _MOST_EXAMPLES, replace=False)
    texts = (passages, units, pointers)
    covered = signals(pointers[picked], texts, picked)
    near = np.vstack([covered, signals(uncovered, texts)])
    means, scales = near.mean(axis=0), near.std(axis=0) + 1e-9
    vectors = np.vstack([pointers[picked], uncovered]).astype(np.float64)
    features = np.column_stack([np.ones(len(near)), (near - means) / scales, vectors * _spread(vectors)])
    is_covered = np.arange(len(near)) < len(picked)
    weights, scores = _ridge(features, is_covered)
    threshold = float(np.quantile(scores[is_covered], _REFUSED_AT_MOST))

    on_signals = weights[1 : 1 + near.shape[1]] / scales
    return Gate(
        threshold=round(threshold + float(on_signals @ means) - float(weights[0]), 6),
        weights=[round(float(weight), 6) for weight in (*on_signals, *weights[1 + near.shape[1] :] * _spread(vectors))],
        kept=round(float(np.mean(scores[is_covered] >= threshold)), 4),
        refused=round(float(np.mean(scores[~is_covered] < threshold)), 4),
    )


def _spread(vectors: Numbers) -> float:
    """What makes the numbers of unit vectors about as large as standardised signals."""
    return float(np.sqrt(vectors.shape[1]) / 2)


def _ridge(features: Numbers, is_covered: NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
    """The weights, and the leave-one-out score of each example."""
    target = np.where(is_covered, 1.0, -1.0)
    balance = np.where(is_covered, 0.5 / is_covered.sum(), 0.5 / (~is_covered).sum()) * len(target)
    weighted = features * balance[:, np.newaxis]
    penalty = _RIDGE * np.eye(features.shape[1])
    penalty[0, 0] = 0.0
    inverse = np.linalg.inv(features.T @ weighted + penalty)
    weights = inverse @ (weighted.T @ target)
    fitted = features @ weights
    leverage = balance * np.einsum("ij,ij->i", features @ inverse, features)
    return weights, target - (target - fitted) / (1 - leverage)
