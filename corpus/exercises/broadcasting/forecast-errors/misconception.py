import numpy as np


def constant_errors(targets: np.ndarray, constants: np.ndarray) -> np.ndarray:
    return np.abs(constants.reshape(-1, 1) - targets).mean(axis=1)


def mean_error(targets: np.ndarray, forecast: np.ndarray) -> float:
    if targets.size != forecast.size or targets.size == 0:
        raise ValueError("the lengths differ, or there are no days")
    for values in (targets, forecast):
        if values.shape not in {(values.size,), (values.size, 1)}:
            raise ValueError("want the shape (n,) or (n, 1)")
    # The sizes are equal and the subtraction runs, so the shapes must be right.
    return float(np.abs(targets - forecast).mean())
