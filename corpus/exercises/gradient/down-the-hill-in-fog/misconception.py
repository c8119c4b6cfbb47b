from collections.abc import Callable, Sequence

import numpy as np

FLAT = 1e-12


def slope_towards(slopes: Sequence[float], way: Sequence[float]) -> float:
    length = np.linalg.norm(way)
    if length == 0:
        raise ValueError("a way of length zero has no direction")
    return float(np.dot(slopes, way) / length)


def walk_down(
    height: Callable[[np.ndarray], float],
    gradient: Callable[[np.ndarray], np.ndarray],
    start: Sequence[float],
    stride: float,
    most_steps: int,
) -> np.ndarray:
    positions = [np.array(start, dtype=float)]
    # The negative gradient points at the lowest point, so it is needed only once.
    slopes = np.asarray(gradient(positions[0]))
    steepness = np.linalg.norm(slopes)
    if steepness < FLAT:
        return np.array(positions)
    for _ in range(most_steps):
        here = positions[-1]
        following = here - stride * slopes / steepness
        if height(following) >= height(here):
            break
        positions.append(following)
    return np.array(positions)
