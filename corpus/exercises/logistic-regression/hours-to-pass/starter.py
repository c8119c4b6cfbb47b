import numpy as np
from numpy.typing import ArrayLike


def sigmoid(z: ArrayLike) -> np.ndarray:
    """Return the probability for each score."""
    raise NotImplementedError


def fit(
    X: ArrayLike, y: ArrayLike, learning_rate: float, steps: int
) -> tuple[np.ndarray, float]:
    """Return the weights and the bias after gradient descent on the log loss."""
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    raise NotImplementedError


def boundary(weight: float, bias: float, threshold: float) -> float:
    """Return the x at which the probability of class 1 equals the threshold."""
    raise NotImplementedError
