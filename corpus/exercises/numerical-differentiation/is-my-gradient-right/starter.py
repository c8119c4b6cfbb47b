from collections.abc import Callable, Sequence

import numpy as np

Loss = Callable[[np.ndarray], float]
Gradient = Callable[[np.ndarray], np.ndarray]


def numerical_gradient(
    loss: Loss, weights: Sequence[float], step: float = 1e-5
) -> np.ndarray:
    """Return the central difference of the loss for each weight."""
    raise NotImplementedError


def worst_error(loss: Loss, gradient: Gradient, weights: Sequence[float]) -> float:
    """Return the largest relative error of the gradient at these weights."""
    raise NotImplementedError
