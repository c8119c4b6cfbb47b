import numpy as np


class TwoLayerNet:
    """A regression network with one hidden layer of ReLU neurons."""

    def __init__(self, w1, b1, w2, b2) -> None:
        named = {"w1": w1, "b1": b1, "w2": w2, "b2": b2}
        self.params = {name: np.array(p, dtype=float) for name, p in named.items()}
        self.zero_grad()

    def zero_grad(self) -> None:
        """Set all gradients to 0."""
        self.grads = {name: np.zeros_like(p) for name, p in self.params.items()}

    def forward(self, x) -> np.ndarray:
        """Return the predictions, of shape (n, 1), for x of shape (n, features)."""
        raise NotImplementedError

    def loss(self, x, y) -> float:
        """Return the sum of the squared errors."""
        raise NotImplementedError

    def backward(self, x, y) -> None:
        """Add the gradient of loss(x, y) for each parameter to grads."""
        raise NotImplementedError
