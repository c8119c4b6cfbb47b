import numpy as np
from numpy.typing import ArrayLike


def softmax(scores: ArrayLike) -> np.ndarray:
    """Return the softmax of the scores along the last axis."""
    return np.exp(_log_softmax(scores))


def cross_entropy(scores: ArrayLike, labels: ArrayLike) -> float:
    """Return the mean cross-entropy of raw scores (n, classes) and n labels."""
    labels = np.asarray(labels)
    if len(labels) == 0 or len(labels) != len(scores):
        raise ValueError("want at least one row, and one label for each row")
    log_probabilities = _log_softmax(scores)
    return float(-log_probabilities[np.arange(len(labels)), labels].mean())


def _log_softmax(scores: ArrayLike) -> np.ndarray:
    # The largest shifted score is 0, so no exponential can overflow and the sum
    # of the exponentials is at least 1, which keeps its logarithm finite.
    scores = np.asarray(scores, dtype=float)
    shifted = scores - scores.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
