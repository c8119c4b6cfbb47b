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
        return self._layers(np.asarray(x, dtype=float))[-1]

    def loss(self, x, y) -> float:
        """Return the sum of the squared errors."""
        return float(np.sum((self.forward(x) - np.asarray(y)) ** 2))

    def backward(self, x, y) -> None:
        """Add the gradient of loss(x, y) for each parameter to grads."""
        x = np.asarray(x, dtype=float)
        z, hidden, predictions = self._layers(x)

        to_predictions = 2 * (predictions - np.asarray(y))
        to_hidden = to_predictions @ self.params["w2"].T
        to_z = to_hidden * (z > 0)

        self.grads["w2"] = hidden.T @ to_predictions
        self.grads["b2"] = to_predictions.sum(axis=0)
        self.grads["w1"] = x.T @ to_z
        self.grads["b1"] = to_z.sum(axis=0)

    def _layers(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        z = x @ self.params["w1"] + self.params["b1"]
        hidden = np.maximum(z, 0)
        return z, hidden, hidden @ self.params["w2"] + self.params["b2"]
