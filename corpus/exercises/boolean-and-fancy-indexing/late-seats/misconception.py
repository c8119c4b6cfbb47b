import numpy as np


def late_prices(prices: np.ndarray, taken: np.ndarray) -> np.ndarray:
    lowered = prices.astype(float)
    # The dear places are picked out, and halving them changes the table.
    dear = lowered[~taken & (lowered > 40)]
    dear *= 0.5
    return lowered


def cheapest_free(prices: np.ndarray, taken: np.ndarray, count: int) -> np.ndarray:
    rows, seats = np.nonzero(~taken)
    order = np.argsort(prices[rows, seats], kind="stable")[:count]
    return np.column_stack([rows[order], seats[order]])
