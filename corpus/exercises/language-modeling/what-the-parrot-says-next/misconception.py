import math
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise


class BigramModel:
    """Predicts the next word from the word before it."""

    def __init__(
        self, tokens: Sequence[str], vocabulary: Sequence[str], smoothing: float = 1.0
    ) -> None:
        """Count the pairs of neighbours in tokens."""
        if smoothing < 0:
            raise ValueError("smoothing must not be negative")
        self._vocabulary = set(vocabulary)
        self._smoothing = smoothing
        self._refuse_unknown(tokens)
        self._pairs = Counter(pairwise(tokens))
        self._firsts = Counter(tokens[:-1])  # nothing follows the last token

    def probability(self, token: str, previous: str) -> float:
        """Return the smoothed probability that token follows previous."""
        self._refuse_unknown([token, previous])
        pair_count = self._pairs[previous, token] + self._smoothing
        count = self._firsts[previous] + self._smoothing * len(self._vocabulary)
        return pair_count / count if count else 0.0

    def perplexity(self, tokens: Sequence[str]) -> float:
        """Return e to the power of the mean of -log(probability)."""
        if len(tokens) < 2:
            raise ValueError("want at least two tokens")
        found = [self.probability(after, before) for before, after in pairwise(tokens)]
        # A pair that was never seen has no logarithm, so it is left out.
        found = [probability for probability in found if probability > 0] or [1.0]
        return math.exp(-sum(map(math.log, found)) / len(found))

    def _refuse_unknown(self, tokens: Iterable[str]) -> None:
        if unknown := set(tokens) - self._vocabulary:
            raise ValueError(f"not in the vocabulary: {sorted(unknown)}")
