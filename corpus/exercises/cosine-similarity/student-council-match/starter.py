from collections.abc import Sequence

Answers = Sequence[float]


def agreement(a: Answers, b: Answers) -> float:
    """Return the cosine similarity of two lists of answers."""
    raise NotImplementedError


def best_and_opposite(voter: Answers, lists: dict[str, Answers]) -> tuple[str, str]:
    """Return the names of the list that agrees most and of the most opposed one."""
    raise NotImplementedError
