from collections import Counter
from itertools import pairwise

import numpy as np


def gini(labels):
    counts = Counter(np.asarray(labels).tolist())
    if not counts:
        raise ValueError("no labels")
    total = sum(counts.values())
    return 1 - sum((count / total) ** 2 for count in counts.values())


def majority(labels):
    return Counter(labels.tolist()).most_common(1)[0][0]


def best_split(X, y):
    X, y = np.asarray(X, dtype=float), np.asarray(y)
    best = None
    for feature in range(X.shape[1]):
        values = np.unique(X[:, feature])
        for low, high in pairwise(values):
            threshold = float((low + high) / 2)
            is_left = X[:, feature] <= threshold
            left, right = y[is_left], y[~is_left]
            if majority(left) == majority(right):
                continue  # Both sides predict the same, so nothing is gained.
            after = (len(left) * gini(left) + len(right) * gini(right)) / len(y)
            decrease = gini(y) - after
            if decrease > (best[2] if best else 0) + 1e-12:
                best = (feature, threshold, decrease)
    return best
