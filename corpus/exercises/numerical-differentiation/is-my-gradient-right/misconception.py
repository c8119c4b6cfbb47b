from collections.abc import Callable, Sequence

import numpy as np

Loss = Callable[[np.ndarray], float]
Gradient = Callable[[np.ndarray], np.ndarray]
NEGLIGIBLE = 1e-8


def numerical_gradient(
    loss: Loss, weights: Sequence[float], step: float = 1e-5
) -> np.ndarray:
    # An array of whole numbers seems to be as good as any other.
    start = np.array(weights)
    slopes = np.zeros(len(start))
    for i in range(len(start)):
        up, down = start.copy(), start.copy()
        up[i] += step
        down[i] -= step
        slopes[i] = (loss(up.astype(float)) - loss(down.astype(float))) / (2 * step)
    return slopes


def worst_error(loss: Loss, gradient: Gradient, weights: Sequence[float]) -> float:
    written = np.asarray(gradient(np.array(weights, dtype=float)))
    numeric = numerical_gradient(loss, weights)
    size = np.maximum(np.abs(written), np.abs(numeric))
    matters = size >= NEGLIGIBLE
    errors = np.abs(written - numeric)[matters] / size[matters]
    return float(errors.max(initial=0.0))
