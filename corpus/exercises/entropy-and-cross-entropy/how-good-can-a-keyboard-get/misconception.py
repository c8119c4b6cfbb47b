import math


def shares(counts: dict[str, int]) -> dict[str, float]:
    total = sum(counts.values())
    if total == 0:
        raise ValueError("no letter came at all")
    return {letter: count / total for letter, count in counts.items() if count > 0}


def entropy(counts: dict[str, int]) -> float:
    return cross_entropy(counts, shares(counts))


def cross_entropy(counts: dict[str, int], guess: dict[str, float]) -> float:
    return sum(
        share * surprise(guess.get(letter, 0.0))
        for letter, share in shares(counts).items()
    )


def avoidable(counts: dict[str, int], guess: dict[str, float]) -> float:
    # A perfect keyboard is never surprised, so everything above 0 can be avoided.
    return max(0.0, cross_entropy(counts, guess) - 0.0)


def surprise(probability: float) -> float:
    return -math.log2(probability) if probability > 0 else math.inf
