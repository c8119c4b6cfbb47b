class EarlyStopping:
    """Says when training should stop, and keeps the best weights."""

    def __init__(self, patience: int, min_change: float = 0.0) -> None:
        if patience < 1:
            raise ValueError(f"patience must be at least 1 epoch, not {patience}")
        self.patience = patience
        self.min_change = min_change
        self.best_loss: float | None = None
        self.best_weights: list[float] | None = None
        self._epochs_without_improvement = 0

    def step(self, loss: float, weights: list[float]) -> bool:
        """Take the validation loss of an epoch; return whether to stop now."""
        if self._is_improvement(loss):
            self.best_loss = loss
            self.best_weights = list(weights)
            self._epochs_without_improvement = 0
        else:
            self._epochs_without_improvement += 1
        return self._epochs_without_improvement >= self.patience

    def _is_improvement(self, loss: float) -> bool:
        if self.best_loss is None:
            return loss == loss  # False for nan only
        return self.best_loss - loss > self.min_change
