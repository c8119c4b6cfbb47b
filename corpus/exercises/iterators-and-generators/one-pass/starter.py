from collections.abc import Iterable


def mean_and_range(values: Iterable[float]) -> tuple[float, float]:
    """Return the mean, and the largest value minus the smallest."""
    raise NotImplementedError
