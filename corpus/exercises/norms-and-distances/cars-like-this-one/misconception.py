from collections.abc import Sequence

import numpy as np


def nearest(
    cars: Sequence[Sequence[float]],
    wish: Sequence[float],
    count: int = 1,
    order: int = 2,
) -> list[int]:
    if order not in (1, 2):
        raise ValueError(f"order is 1 or 2, not {order}")
    table = np.asarray(cars, dtype=float)
    if len(table) == 0:
        return []

    varies = np.ptp(table, axis=0) > 0
    differences = (table - np.asarray(wish, dtype=float))[:, varies]
    # The formula treats all columns alike, so one factor for the whole table will do.
    scaled = differences / table.std() if varies.any() else differences
    distances = np.linalg.norm(scaled, ord=order, axis=1)
    return np.argsort(distances, kind="stable")[:count].tolist()
