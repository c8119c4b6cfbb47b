import numpy as np

DEAR = 40  # euros


def late_prices(prices: np.ndarray, taken: np.ndarray) -> np.ndarray:
    """Return a new float table in which free places above 40 euros cost half."""
    lowered = prices.astype(float)  # a copy that can hold cents
    reduced = ~taken & (prices > DEAR)
    lowered[reduced] = prices[reduced] / 2
    return lowered


def cheapest_free(prices: np.ndarray, taken: np.ndarray, count: int) -> np.ndarray:
    """Return row and seat of the cheapest free places, shape (k, 2)."""
    places = np.argwhere(~taken)  # row and seat, in reading order
    order = np.argsort(prices[~taken], kind="stable")
    return places[order[:count]]
