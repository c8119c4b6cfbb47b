import numpy as np


def to_block(log: np.ndarray) -> np.ndarray:
    """Return the flat log as an array of shape (days, 24, 2)."""
    raise NotImplementedError


def day_totals(block: np.ndarray) -> np.ndarray:
    """Return the bikes of each day on each bridge, shape (days, 2)."""
    raise NotImplementedError


def day_features(block: np.ndarray) -> np.ndarray:
    """Return for each day 24 north and then 24 south counts, shape (days, 48)."""
    raise NotImplementedError
