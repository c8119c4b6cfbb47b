import numpy as np
from numpy.typing import ArrayLike


def fit_line(
    x: ArrayLike, y: ArrayLike, learning_rate: float, steps: int
) -> tuple[float, float, list[float]]:
    """Return the weight, the bias and the costs of gradient descent from zero."""
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if len(x) != len(y) or len(x) == 0:
        raise ValueError("x and y need the same length, and at least one pair")

    weight = bias = 0.0
    error = weight * x + bias - y
    costs = [float(np.mean(error**2))]
    for _ in range(steps):
        weight_slope = 2 * float(np.mean(error * x))
        bias_slope = 2 * float(np.mean(error))
        weight -= learning_rate * weight_slope
        bias -= learning_rate * bias_slope
        error = weight * x + bias - y
        costs.append(float(np.mean(error**2)))
    return weight, bias, costs
