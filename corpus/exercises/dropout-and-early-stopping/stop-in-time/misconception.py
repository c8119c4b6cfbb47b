class EarlyStopping:
    def __init__(self, patience: int, min_change: float = 0.0) -> None:
        if patience < 1:
            raise ValueError("patience must be at least 1")
        self.min_change = min_change
        self.best_loss = None
        self.best_weights = None

    def step(self, loss: float, weights: list[float]) -> bool:
        if self.best_loss is None and loss == loss:
            improved = True
        else:
            improved = (
                self.best_loss is not None and self.best_loss - loss > self.min_change
            )
        if improved:
            self.best_loss = loss
            self.best_weights = list(weights)
        # The first rise of the loss seems to show that overfitting has begun.
        return not improved
