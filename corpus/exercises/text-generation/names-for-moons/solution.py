from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike


def next_probabilities(
    scores: ArrayLike, temperature: float = 1.0, k: int | None = None
) -> np.ndarray:
    """Return the probability of each token after temperature and top-k."""
    if temperature < 0 or (k is not None and k < 1):
        raise ValueError("want a temperature of at least 0 and a k of at least 1")
    scores = np.asarray(scores, dtype=float)
    kept = np.argsort(-scores, kind="stable")[: 1 if temperature == 0 else k]

    # The largest shifted score is 0, so no exponential can overflow.
    shifted = scores[kept] - scores.max()
    exponentials = np.exp(shifted / (temperature or 1.0))
    probabilities = np.zeros_like(scores)
    probabilities[kept] = exponentials / exponentials.sum()
    return probabilities


def generate(
    model: Callable[[list[int]], ArrayLike],
    prompt: Sequence[int],
    max_length: int,
    end_id: int,
    rng: np.random.Generator,
    temperature: float = 1.0,
    k: int | None = None,
) -> list[int]:
    """Return the prompt and the new token ids, at most max_length in all."""
    ids = list(prompt)
    while len(ids) < max_length:
        probabilities = next_probabilities(model(ids), temperature, k)
        ids.append(int(rng.choice(len(probabilities), p=probabilities)))
        if ids[-1] == end_id:
            break
    return ids
