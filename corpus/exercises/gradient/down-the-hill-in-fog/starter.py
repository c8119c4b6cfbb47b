from collections.abc import Callable, Sequence

import numpy as np


def slope_towards(slopes: Sequence[float], way: Sequence[float]) -> float:
    """Return the slope in the direction `way`, where the gradient is `slopes`."""
    raise NotImplementedError


def walk_down(
    height: Callable[[np.ndarray], float],
    gradient: Callable[[np.ndarray], np.ndarray],
    start: Sequence[float],
    stride: float,
    most_steps: int,
) -> np.ndarray:
    """Return the positions on the steepest way down, one per row."""
    raise NotImplementedError
