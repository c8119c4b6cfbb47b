from collections.abc import Sequence


def nearest(
    cars: Sequence[Sequence[float]],
    wish: Sequence[float],
    count: int = 1,
    order: int = 2,
) -> list[int]:
    """Return the indices of the cars nearest to the wish, the nearest first."""
    raise NotImplementedError
