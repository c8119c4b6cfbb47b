from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike


def gini(labels: ArrayLike) -> float:
    """Return the Gini impurity of the labels."""
    _, counts = np.unique(np.asarray(labels), return_counts=True)
    if len(counts) == 0:
        raise ValueError("an empty group has no impurity")
    return float(1 - np.sum((counts / counts.sum()) ** 2))


def best_split(X: ArrayLike, y: ArrayLike) -> tuple[int, float, float] | None:
    """Return feature, threshold and decrease of the best question, or None."""
    X, y = np.asarray(X, dtype=float), np.asarray(y)
    before, best, best_decrease = gini(y), None, 0.0
    for feature, threshold in _questions(X):
        is_left = X[:, feature] <= threshold
        left, right = y[is_left], y[~is_left]
        after = (len(left) * gini(left) + len(right) * gini(right)) / len(y)
        # The small number keeps rounding from deciding between equal questions.
        if before - after > best_decrease + 1e-12:
            best_decrease = before - after
            best = (feature, threshold, best_decrease)
    return best


def _questions(X: np.ndarray) -> Iterator[tuple[int, float]]:
    for feature, column in enumerate(X.T):
        values = np.unique(column)
        for threshold in (values[:-1] + values[1:]) / 2:
            yield feature, float(threshold)
