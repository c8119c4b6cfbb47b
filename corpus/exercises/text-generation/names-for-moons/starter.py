from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike


def next_probabilities(
    scores: ArrayLike, temperature: float = 1.0, k: int | None = None
) -> np.ndarray:
    """Return the probability of each token after temperature and top-k."""
    raise NotImplementedError


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
    raise NotImplementedError
