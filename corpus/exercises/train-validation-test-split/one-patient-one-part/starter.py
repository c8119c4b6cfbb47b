import numpy as np
from numpy.typing import ArrayLike


def split_by_patient(
    patients: ArrayLike, val_share: float, test_share: float, seed: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the row numbers for training, validation and test."""
    raise NotImplementedError
