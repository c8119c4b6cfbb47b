from collections.abc import Sequence

import numpy as np


def nearest(
    cars: Sequence[Sequence[float]],
    wish: Sequence[float],
    count: int = 1,
    order: int = 2,
) -> list[int]:
    """Return the indices of the cars nearest to the wish, the nearest first."""
    if order not in (1, 2):
        raise ValueError(f"order is 1 or 2, not {order}")
    table = np.asarray(cars, dtype=float)
    if len(table) == 0:
        return []

    varies = np.ptp(table, axis=0) > 0
    differences = (table - np.asarray(wish, dtype=float))[:, varies]
    scaled = differences / table[:, varies].std(axis=0)
    distances = np.linalg.norm(scaled, ord=order, axis=1)
    return np.argsort(distances, kind="stable")[:count].tolist()
