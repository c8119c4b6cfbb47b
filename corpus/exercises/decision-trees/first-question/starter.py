from numpy.typing import ArrayLike


def gini(labels: ArrayLike) -> float:
    """Return the Gini impurity of the labels."""
    raise NotImplementedError


def best_split(X: ArrayLike, y: ArrayLike) -> tuple[int, float, float] | None:
    """Return feature, threshold and decrease of the best question, or None."""
    raise NotImplementedError
