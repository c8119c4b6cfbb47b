"""Figures with intervals.

Knows shares, means and the bootstrap. Does not know what they are shares of.
"""

from collections.abc import Sequence

import numpy as np
from pydantic import BaseModel

_RESAMPLES = 2000


class Figure(BaseModel):
    """A mean with its 95 % interval (percentile bootstrap over the items, 2,000 resamples)."""

    suite: str
    name: str
    half: str
    items: int
    value: float
    low: float
    high: float

    def __str__(self) -> str:
        interval = f"[{self.low:.3f}, {self.high:.3f}]"
        return f"{self.suite:<9} {self.name:<34} {self.half:<7} {self.items:>5}  {self.value:.3f}  {interval}"


def figure(suite: str, name: str, half: str, values: Sequence[float]) -> Figure:
    """The mean of one number an item; `values` must not be empty."""
    numbers = np.asarray(values, dtype=float)
    low, high = np.percentile(_resampled_means(numbers), [2.5, 97.5])
    mean = float(numbers.mean())
    return Figure(suite=suite, name=name, half=half, items=len(numbers), value=mean, low=float(low), high=float(high))


def difference(suite: str, name: str, ours: Sequence[float], theirs: Sequence[float]) -> Figure:
    """The mean of ours less theirs on the same items, with the interval of a paired bootstrap."""
    return figure(suite, name, "all", np.subtract(ours, theirs).tolist())


def _resampled_means(numbers: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Sequence[float]:
    picks = np.random.default_rng(0).integers(len(numbers), size=(_RESAMPLES, len(numbers)))
    means: list[float] = numbers[picks].mean(axis=1).tolist()
    return means
