from collections.abc import Sequence
from itertools import pairwise

import numpy as np

Layers = list[tuple[np.ndarray, np.ndarray]]


def init_layers(sizes: Sequence[int], rng: np.random.Generator) -> Layers:
    """Return the pairs (weights, biases) of a ReLU network with these sizes."""
    if len(sizes) < 2 or min(sizes) < 1:
        raise ValueError("want at least two sizes, and each at least 1")
    layers = []
    last = len(sizes) - 2
    for number, (inputs, outputs) in enumerate(pairwise(sizes)):
        # A ReLU halves the mean square, and the 2 makes up for it.
        variance = (1 if number == last else 2) / inputs
        weights = rng.normal(0, np.sqrt(variance), size=(inputs, outputs))
        layers.append((weights, np.zeros(outputs)))
    return layers


def signal_sizes(x: np.ndarray, layers: Layers) -> list[float]:
    """Return the root mean square of the outputs of each layer."""
    found = []
    for number, (weights, biases) in enumerate(layers, start=1):
        x = x @ weights + biases
        if number < len(layers):
            x = np.maximum(x, 0)
        found.append(float(np.sqrt(np.mean(x**2))))
    return found
