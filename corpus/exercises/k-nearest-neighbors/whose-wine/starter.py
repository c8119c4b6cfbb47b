import numpy as np
from numpy.typing import ArrayLike


def knn_predict(
    X_train: ArrayLike, y_train: ArrayLike, X_new: ArrayLike, k: int
) -> np.ndarray:
    """Return the label that the k nearest training rows give to each new row."""
    raise NotImplementedError
