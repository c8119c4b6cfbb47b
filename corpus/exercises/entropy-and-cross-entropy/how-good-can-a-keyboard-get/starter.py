def entropy(counts: dict[str, int]) -> float:
    """Return the entropy of the observed letters in bits."""
    raise NotImplementedError


def cross_entropy(counts: dict[str, int], guess: dict[str, float]) -> float:
    """Return the mean surprise of the guess in bits per letter."""
    raise NotImplementedError


def avoidable(counts: dict[str, int], guess: dict[str, float]) -> float:
    """Return how many bits per letter a better guess could save at most."""
    raise NotImplementedError
