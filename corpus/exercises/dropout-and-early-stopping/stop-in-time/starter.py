class EarlyStopping:
    """Says when training should stop, and keeps the best weights."""

    def __init__(self, patience: int, min_change: float = 0.0) -> None:
        raise NotImplementedError

    def step(self, loss: float, weights: list[float]) -> bool:
        """Take the validation loss of an epoch; return whether to stop now."""
        raise NotImplementedError
