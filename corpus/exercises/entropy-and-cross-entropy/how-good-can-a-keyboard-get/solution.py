import math


def shares(counts: dict[str, int]) -> dict[str, float]:
    """Return the share of each letter that came at least once."""
    total = sum(counts.values())
    if total == 0:
        raise ValueError("no letter came at all")
    return {letter: count / total for letter, count in counts.items() if count > 0}


def entropy(counts: dict[str, int]) -> float:
    """Return the entropy of the observed letters in bits."""
    # The best guess is the observed shares themselves.
    return cross_entropy(counts, shares(counts))


def cross_entropy(counts: dict[str, int], guess: dict[str, float]) -> float:
    """Return the mean surprise of the guess in bits per letter."""
    return sum(
        share * surprise(guess.get(letter, 0.0))
        for letter, share in shares(counts).items()
    )


def avoidable(counts: dict[str, int], guess: dict[str, float]) -> float:
    """Return how many bits per letter a better guess could save at most."""
    return max(0.0, cross_entropy(counts, guess) - entropy(counts))


def surprise(probability: float) -> float:
    return -math.log2(probability) if probability > 0 else math.inf
