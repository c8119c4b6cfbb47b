from collections.abc import Callable, Sequence

Evaluate = Callable[[dict[str, bool], int], float]


def ablate(
    parts: Sequence[str], evaluate: Evaluate, seeds: Sequence[int]
) -> list[dict]:
    """Return the rows of an ablation table: removed, mean, std and change."""
    raise NotImplementedError
