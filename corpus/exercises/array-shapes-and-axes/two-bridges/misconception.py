import numpy as np


def to_block(log: np.ndarray) -> np.ndarray:
    return log.reshape(-1, 24, 2)


def day_totals(block: np.ndarray) -> np.ndarray:
    # Axis 0 holds the days, so axis=0 should give one result for each day.
    return block.sum(axis=0)


def day_features(block: np.ndarray) -> np.ndarray:
    return np.hstack([block[:, :, 0], block[:, :, 1]])
