import numpy as np
from numpy.typing import ArrayLike


def standardize(train: ArrayLike, *others: ArrayLike) -> list[np.ndarray]:
    """Return the z-scores of the training table and of each further table."""
    raise NotImplementedError


def raw_model(
    weights: ArrayLike, bias: float, train: ArrayLike
) -> tuple[np.ndarray, float]:
    """Return the weights and the bias that predict the same from raw values."""
    raise NotImplementedError
