from collections.abc import Callable, Sequence

import numpy as np

Loss = Callable[[np.ndarray], float]
Gradient = Callable[[np.ndarray], np.ndarray]
NEGLIGIBLE = 1e-8


def numerical_gradient(
    loss: Loss, weights: Sequence[float], step: float = 1e-5
) -> np.ndarray:
    """Return the central difference of the loss for each weight."""
    start = np.array(weights, dtype=float)
    slopes = np.empty_like(start)
    for i in range(len(start)):
        nudge = np.zeros_like(start)
        nudge[i] = step
        slopes[i] = (loss(start + nudge) - loss(start - nudge)) / (2 * step)
    return slopes


def worst_error(loss: Loss, gradient: Gradient, weights: Sequence[float]) -> float:
    """Return the largest relative error of the gradient at these weights."""
    written = np.asarray(gradient(np.array(weights, dtype=float)))
    numeric = numerical_gradient(loss, weights)
    size = np.maximum(np.abs(written), np.abs(numeric))
    matters = size >= NEGLIGIBLE
    errors = np.abs(written - numeric)[matters] / size[matters]
    return float(errors.max(initial=0.0))
