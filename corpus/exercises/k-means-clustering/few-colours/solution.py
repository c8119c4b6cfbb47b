import numpy as np
from numpy.typing import ArrayLike

Clustering = tuple[np.ndarray, np.ndarray, float]


def lloyd(points: ArrayLike, centroids: ArrayLike) -> Clustering:
    """Return centroids, labels and inertia of k-means from the given centroids."""
    points = np.asarray(points, dtype=float)
    centroids = np.array(centroids, dtype=float)  # a copy, because it will change
    labels = None
    while True:
        squares = ((points[:, None, :] - centroids) ** 2).sum(axis=2)
        new_labels = squares.argmin(axis=1)
        if labels is not None and (new_labels == labels).all():
            return centroids, labels, float(squares.min(axis=1).sum())
        labels = new_labels
        for number in np.unique(labels):
            centroids[number] = points[labels == number].mean(axis=0)


def kmeans(points: ArrayLike, k: int, starts: int, seed: int) -> Clustering:
    """Return the best of several runs of k-means from random rows."""
    points = np.asarray(points, dtype=float)
    if not 1 <= k <= len(points):
        raise ValueError(f"{len(points)} points cannot form {k} clusters")
    rng = np.random.default_rng(seed)
    runs = (
        lloyd(points, points[rng.choice(len(points), k, replace=False)])
        for _ in range(starts)
    )
    return min(runs, key=lambda run: run[2])


def recolour(image: ArrayLike, k: int) -> np.ndarray:
    """Return the image with k colours."""
    image = np.asarray(image, dtype=float)
    centroids, labels, _ = kmeans(image.reshape(-1, 3), k, starts=10, seed=0)
    return centroids[labels].reshape(image.shape)
