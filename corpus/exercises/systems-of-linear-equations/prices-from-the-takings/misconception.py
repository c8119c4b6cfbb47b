from collections.abc import Sequence

import numpy as np

HUNDREDTH_OF_A_CENT = 1e-4


def find_prices(
    sold: Sequence[Sequence[float]], takings: Sequence[float]
) -> tuple[str, list[float] | None]:
    days = np.asarray(sold, dtype=float)
    euros = np.asarray(takings, dtype=float)
    prices, _, rank, _ = np.linalg.lstsq(days, euros)
    count, kinds = days.shape
    if count == kinds and rank < kinds:
        # The matrix is singular, so the system has no solution.
        return "contradiction", None
    if not np.allclose(days @ prices, euros, rtol=0, atol=HUNDREDTH_OF_A_CENT):
        return "contradiction", None
    if rank < kinds:
        return "many", None
    return "one", prices.tolist()
