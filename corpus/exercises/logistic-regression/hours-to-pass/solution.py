import numpy as np
from numpy.typing import ArrayLike


def sigmoid(z: ArrayLike) -> np.ndarray:
    """Return the probability for each score."""
    # logaddexp(0, -z) is log(1 + exp(-z)), computed without overflow.
    return np.exp(-np.logaddexp(0, -np.asarray(z, dtype=float)))


def fit(
    X: ArrayLike, y: ArrayLike, learning_rate: float, steps: int
) -> tuple[np.ndarray, float]:
    """Return the weights and the bias after gradient descent on the log loss."""
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if not np.isin(y, [0, 1]).all():
        raise ValueError("each label must be 0 or 1")

    weights, bias = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        error = sigmoid(X @ weights + bias) - y
        weights -= learning_rate * (X.T @ error) / len(y)
        bias -= learning_rate * float(error.mean())
    return weights, bias


def boundary(weight: float, bias: float, threshold: float) -> float:
    """Return the x at which the probability of class 1 equals the threshold."""
    if not 0 < threshold < 1:
        raise ValueError("the threshold must lie between 0 and 1")
    if weight == 0:
        raise ValueError("with weight 0 the probability is the same for every x")
    score = np.log(threshold / (1 - threshold))
    return float((score - bias) / weight)
