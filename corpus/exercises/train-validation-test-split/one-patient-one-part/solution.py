import numpy as np
from numpy.typing import ArrayLike


def split_by_patient(
    patients: ArrayLike, val_share: float, test_share: float, seed: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the row numbers for training, validation and test."""
    patients = np.asarray(patients)
    rng = np.random.default_rng(seed)
    shuffled = rng.permutation(np.unique(patients))

    test_size = round(test_share * len(shuffled))
    val_size = round(val_share * len(shuffled))
    train_size = len(shuffled) - test_size - val_size
    if min(train_size, val_size, test_size) < 1:
        raise ValueError(
            f"{len(shuffled)} patients would make parts of "
            f"{train_size}, {val_size} and {test_size}"
        )

    test, val, train = np.split(shuffled, [test_size, test_size + val_size])
    return tuple(np.flatnonzero(np.isin(patients, part)) for part in (train, val, test))
