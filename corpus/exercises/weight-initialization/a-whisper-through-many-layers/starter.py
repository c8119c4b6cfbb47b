from collections.abc import Sequence

import numpy as np

Layers = list[tuple[np.ndarray, np.ndarray]]


def init_layers(sizes: Sequence[int], rng: np.random.Generator) -> Layers:
    """Return the pairs (weights, biases) of a ReLU network with these sizes."""
    raise NotImplementedError


def signal_sizes(x: np.ndarray, layers: Layers) -> list[float]:
    """Return the root mean square of the outputs of each layer."""
    raise NotImplementedError
