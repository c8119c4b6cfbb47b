import numpy as np

FREE_MINUTES = 30
EUROS_PER_HOUR = 2.5
MOST_EUROS = 20.0


def parking_fees(minutes: np.ndarray) -> np.ndarray:
    """Return the fee in euros of each stay, as an array of floats."""
    if (minutes < 0).any():
        raise ValueError("a stay cannot be shorter than 0 minutes")
    fees = np.minimum(EUROS_PER_HOUR * np.ceil(minutes / 60), MOST_EUROS)
    return np.where(minutes <= FREE_MINUTES, 0.0, fees)


def cars_until(fees: np.ndarray, goal: float) -> int | None:
    """Return how many cars bring the takings to the goal, or None."""
    is_reached = np.cumsum(fees) >= goal
    return int(is_reached.argmax()) + 1 if is_reached.any() else None
