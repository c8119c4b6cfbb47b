from collections.abc import Sequence


class BigramModel:
    """Predicts the next word from the word before it."""

    def __init__(
        self, tokens: Sequence[str], vocabulary: Sequence[str], smoothing: float = 1.0
    ) -> None:
        """Count the pairs of neighbours in tokens."""
        raise NotImplementedError

    def probability(self, token: str, previous: str) -> float:
        """Return the smoothed probability that token follows previous."""
        raise NotImplementedError

    def perplexity(self, tokens: Sequence[str]) -> float:
        """Return e to the power of the mean of -log(probability)."""
        raise NotImplementedError
