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
    weights = _softmax(scores)
    if causal:
        # Later tokens are hidden by setting their weights to zero.
        weights = np.tril(weights)
    return weights @ values, weights


def _softmax(scores: np.ndarray) -> np.ndarray:
    exponentials = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)
