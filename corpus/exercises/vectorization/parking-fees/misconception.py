import math

import numpy as np


def fee(minutes):
    if minutes <= 30:
        return 0
    return min(2.5 * math.ceil(minutes / 60), 20)


def parking_fees(minutes: np.ndarray) -> np.ndarray:
    if np.any(minutes < 0):
        raise ValueError("negative minutes")
    if minutes.size == 0:
        return np.zeros(minutes.shape)
    # np.vectorize turns the function for one car into a fast one for all cars.
    return np.vectorize(fee)(minutes).astype(float)


def cars_until(fees: np.ndarray, goal: float) -> int | None:
    late_enough = np.flatnonzero(np.cumsum(fees) >= goal)
    return int(late_enough[0]) + 1 if late_enough.size else None
