from collections import Counter

import numpy as np


def knn_predict(X_train, y_train, X_new, k):
    # KNN has no weights to train, so the raw numbers will do.
    X_train, X_new = np.asarray(X_train, dtype=float), np.asarray(X_new, dtype=float)
    y_train = np.asarray(y_train)
    if len(X_train) != len(y_train) or not 1 <= k <= len(X_train):
        raise ValueError("k or the number of labels does not fit")

    predicted = []
    for row in X_new:
        distances = np.sqrt(((X_train - row) ** 2).sum(axis=1))
        nearest = y_train[np.argsort(distances, kind="stable")[:k]]
        # Counter keeps the order of arrival, so the nearest of the tied labels wins.
        predicted.append(Counter(nearest.tolist()).most_common(1)[0][0])
    return np.array(predicted)
