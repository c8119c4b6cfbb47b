import numpy as np
from numpy.typing import ArrayLike


def standardize(train: ArrayLike, *others: ArrayLike) -> list[np.ndarray]:
    """Return the z-scores of the training table and of each further table."""
    means, scales = _means_and_scales(train)
    tables = [np.asarray(table, dtype=float) for table in (train, *others)]
    if any(table.shape[1] != len(means) for table in tables):
        raise ValueError(f"every table needs {len(means)} columns")
    return [(table - means) / scales for table in tables]


def raw_model(
    weights: ArrayLike, bias: float, train: ArrayLike
) -> tuple[np.ndarray, float]:
    """Return the weights and the bias that predict the same from raw values."""
    # w * (x - mean) / scale + b is (w / scale) * x + b - (w / scale) * mean.
    means, scales = _means_and_scales(train)
    raw_weights = np.asarray(weights, dtype=float) / scales
    return raw_weights, float(bias - raw_weights @ means)


def _means_and_scales(train: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    train = np.asarray(train, dtype=float)
    if len(train) == 0:
        raise ValueError("a scaler needs at least one training row")
    is_constant = (train == train[0]).all(axis=0)
    return train.mean(axis=0), np.where(is_constant, 1.0, train.std(axis=0))
