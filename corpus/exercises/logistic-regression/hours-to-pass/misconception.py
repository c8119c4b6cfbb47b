import numpy as np


def sigmoid(z):
    return np.exp(-np.logaddexp(0, -np.asarray(z, dtype=float)))


def fit(X, y, learning_rate, steps):
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if not np.isin(y, [0, 1]).all():
        raise ValueError("each label must be 0 or 1")

    weights, bias = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        error = sigmoid(X @ weights + bias) - y
        weights -= learning_rate * (X.T @ error) / len(y)
        bias -= learning_rate * float(error.mean())
    return weights, bias


def boundary(weight, bias, threshold):
    if not 0 < threshold < 1 or weight == 0:
        raise ValueError("there is no boundary")
    # The classes meet where the score is 0.
    return float(-bias / weight)
