import numpy as np
from numpy.typing import ArrayLike

Clustering = tuple[np.ndarray, np.ndarray, float]


def lloyd(points: ArrayLike, centroids: ArrayLike) -> Clustering:
    """Return centroids, labels and inertia of k-means from the given centroids."""
    raise NotImplementedError


def kmeans(points: ArrayLike, k: int, starts: int, seed: int) -> Clustering:
    """Return the best of several runs of k-means from random rows."""
    raise NotImplementedError


def recolour(image: ArrayLike, k: int) -> np.ndarray:
    """Return the image with k colours."""
    raise NotImplementedError
