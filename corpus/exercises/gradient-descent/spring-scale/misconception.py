import numpy as np


def fit_line(x, y, learning_rate, steps):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if len(x) != len(y) or len(x) == 0:
        raise ValueError("x and y need the same length, and at least one pair")

    weight = bias = 0.0
    costs = [float(np.mean((weight * x + bias - y) ** 2))]
    for _ in range(steps):
        # The newest weight is the best one known, so the bias may use it at once.
        weight -= learning_rate * 2 * float(np.mean((weight * x + bias - y) * x))
        bias -= learning_rate * 2 * float(np.mean(weight * x + bias - y))
        costs.append(float(np.mean((weight * x + bias - y) ** 2)))
    return weight, bias, costs
