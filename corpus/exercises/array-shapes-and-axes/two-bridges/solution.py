import numpy as np

HOURS, BRIDGES = 24, 2


def to_block(log: np.ndarray) -> np.ndarray:
    """Return the flat log as an array of shape (days, 24, 2)."""
    return log.reshape(-1, HOURS, BRIDGES)


def day_totals(block: np.ndarray) -> np.ndarray:
    """Return the bikes of each day on each bridge, shape (days, 2)."""
    return block.sum(axis=1)  # the hours disappear


def day_features(block: np.ndarray) -> np.ndarray:
    """Return for each day 24 north and then 24 south counts, shape (days, 48)."""
    by_bridge = block.transpose(0, 2, 1)  # (days, bridges, hours)
    return by_bridge.reshape(-1, BRIDGES * HOURS)
