from collections import Counter

import numpy as np
from numpy.typing import ArrayLike


def knn_predict(
    X_train: ArrayLike, y_train: ArrayLike, X_new: ArrayLike, k: int
) -> np.ndarray:
    """Return the label that the k nearest training rows give to each new row."""
    X_train, X_new = np.asarray(X_train, dtype=float), np.asarray(X_new, dtype=float)
    y_train = np.asarray(y_train)
    if len(X_train) != len(y_train):
        raise ValueError("every training row needs one label")
    if not 1 <= k <= len(X_train):
        raise ValueError(f"k is {k}, but there are {len(X_train)} training rows")

    means, scales = X_train.mean(axis=0), X_train.std(axis=0)
    scales[(X_train == X_train[0]).all(axis=0)] = 1.0
    known, new = (X_train - means) / scales, (X_new - means) / scales

    # (m, 1, d) minus (n, d) makes (m, n, d): every new row against every known one.
    distances = np.linalg.norm(new[:, None, :] - known, axis=2)
    nearest = np.argsort(distances, axis=1, kind="stable")[:, :k]
    winners = [_winner(rows, y_train) for rows in nearest]
    return y_train[winners]


def _winner(rows: np.ndarray, y_train: np.ndarray) -> int:
    """Return a row with the winning label; the rows run from near to far."""
    votes = Counter(y_train[rows].tolist())
    return max(rows, key=lambda row: votes[y_train[row].item()])
