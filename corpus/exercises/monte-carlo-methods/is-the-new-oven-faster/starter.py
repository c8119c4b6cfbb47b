from collections.abc import Callable, Sequence

import numpy as np

Statistic = Callable[[np.ndarray], float]


def bootstrap_interval(
    values: Sequence[float],
    statistic: Statistic,
    resamples: int = 4000,
    seed: int = 0,
) -> tuple[float, float]:
    """Return the 95% percentile interval of a statistic of one group."""
    raise NotImplementedError


def difference_interval(
    old: Sequence[float],
    new: Sequence[float],
    statistic: Statistic,
    resamples: int = 4000,
    seed: int = 0,
) -> tuple[float, float]:
    """Return the 95% percentile interval of the statistic of new minus old."""
    raise NotImplementedError
