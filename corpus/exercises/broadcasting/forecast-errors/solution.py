import numpy as np


def constant_errors(targets: np.ndarray, constants: np.ndarray) -> np.ndarray:
    """Return the mean absolute error of each constant, shape (k,)."""
    distances = np.abs(targets - constants[:, np.newaxis])  # (k, n)
    return distances.mean(axis=1)


def mean_error(targets: np.ndarray, forecast: np.ndarray) -> float:
    """Return the mean absolute error; each shape is (n,) or (n, 1)."""
    targets, forecast = _flat(targets), _flat(forecast)
    if targets.shape != forecast.shape:
        raise ValueError(f"{targets.size} targets for {forecast.size} forecasts")
    if targets.size == 0:
        raise ValueError("no days to compare")
    return float(np.abs(targets - forecast).mean())


def _flat(values: np.ndarray) -> np.ndarray:
    if values.ndim == 1 or (values.ndim == 2 and values.shape[1] == 1):
        return values.reshape(-1)
    raise ValueError(f"want the shape (n,) or (n, 1), not {values.shape}")
