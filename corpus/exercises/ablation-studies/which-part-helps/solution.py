from collections.abc import Callable, Sequence

import numpy as np

Evaluate = Callable[[dict[str, bool], int], float]


def ablate(
    parts: Sequence[str], evaluate: Evaluate, seeds: Sequence[int]
) -> list[dict]:
    """Return the rows of an ablation table: removed, mean, std and change."""
    if len(seeds) < 2:
        raise ValueError("an ablation needs at least 2 seeds to show the spread")
    if not parts or len(set(parts)) < len(parts):
        raise ValueError("name at least one part, and each part once")

    everything_on = dict.fromkeys(parts, True)
    full = np.array([evaluate(dict(everything_on), seed) for seed in seeds])
    rows = [_row(None, full, full)]
    for part in parts:
        settings = {**everything_on, part: False}
        scores = np.array([evaluate(dict(settings), seed) for seed in seeds])
        rows.append(_row(part, scores, full))
    return [rows[0], *sorted(rows[1:], key=lambda row: row["change"])]


def _row(removed: str | None, scores: np.ndarray, full: np.ndarray) -> dict:
    return {
        "removed": removed,
        "mean": float(scores.mean()),
        "std": float(scores.std(ddof=1)),
        "change": float((scores - full).mean()),
    }
