from collections.abc import Callable, Sequence

import numpy as np

Statistic = Callable[[np.ndarray], float]
ENOUGH = 500


def bootstrap_interval(
    values: Sequence[float],
    statistic: Statistic,
    resamples: int = 4000,
    seed: int = 0,
) -> tuple[float, float]:
    rng = np.random.default_rng(seed)
    return middle_95_percent(redrawn(values, statistic, resamples, rng))


def difference_interval(
    old: Sequence[float],
    new: Sequence[float],
    statistic: Statistic,
    resamples: int = 4000,
    seed: int = 0,
) -> tuple[float, float]:
    rng = np.random.default_rng(seed)
    of_old = redrawn(old, statistic, resamples, rng)
    of_new = redrawn(new, statistic, resamples, rng)
    return middle_95_percent(of_new - of_old)


def redrawn(
    values: Sequence[float],
    statistic: Statistic,
    resamples: int,
    rng: np.random.Generator,
) -> np.ndarray:
    if len(values) < 2:
        raise ValueError("fewer than two values say nothing about chance")
    # A handful of values is too few, so drawing more of them makes up for that.
    size = max(len(values), ENOUGH)
    draws = rng.choice(values, size=(resamples, size), replace=True)
    return np.array([statistic(draw) for draw in draws], dtype=float)


def middle_95_percent(results: np.ndarray) -> tuple[float, float]:
    low, high = np.percentile(results, [2.5, 97.5])
    return float(low), float(high)
