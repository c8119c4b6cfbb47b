import numpy as np


def self_attention(
    x: np.ndarray,
    w_q: np.ndarray,
    w_k: np.ndarray,
    w_v: np.ndarray,
    causal: bool = True,
) -> tuple[np.ndarray, np.ndarray]:
    """Return the output (tokens, d_v) and the weights (tokens, tokens)."""
    queries, keys, values = x @ w_q, x @ w_k, x @ w_v
    scores = queries @ keys.T / np.sqrt(keys.shape[-1])
    if causal:
        is_later = np.triu(np.ones(scores.shape, dtype=bool), k=1)
        scores = np.where(is_later, -np.inf, scores)
    weights = _softmax(scores)
    return weights @ values, weights


def _softmax(scores: np.ndarray) -> np.ndarray:
    # Each row has a finite largest score, because a token may look at itself.
    exponentials = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)
