from collections.abc import Sequence

import numpy as np

Answers = Sequence[float]


def agreement(a: Answers, b: Answers) -> float:
    if len(a) != len(b):
        raise ValueError(f"{len(a)} answers cannot be compared with {len(b)}")
    lengths = np.linalg.norm(a) * np.linalg.norm(b)
    if lengths == 0:
        raise ValueError("answers without any opinion have no direction")
    return float(np.clip(np.dot(a, b) / lengths, -1, 1))


def best_and_opposite(voter: Answers, lists: dict[str, Answers]) -> tuple[str, str]:
    scores = {
        name: agreement(voter, answers)
        for name, answers in lists.items()
        if np.any(answers)
    }
    if not scores:
        raise ValueError("no list has an opinion")
    # A score of 1 is the best match, so the score nearest to 0 must be the worst.
    opposite = min(scores, key=lambda name: abs(scores[name]))
    return max(scores, key=scores.get), opposite
