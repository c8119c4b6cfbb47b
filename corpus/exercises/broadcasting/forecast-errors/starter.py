import numpy as np


def constant_errors(targets: np.ndarray, constants: np.ndarray) -> np.ndarray:
    """Return the mean absolute error of each constant, shape (k,)."""
    raise NotImplementedError


def mean_error(targets: np.ndarray, forecast: np.ndarray) -> float:
    """Return the mean absolute error; each shape is (n,) or (n, 1)."""
    raise NotImplementedError
