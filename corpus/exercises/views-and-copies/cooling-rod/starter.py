import numpy as np


def cool(rod: np.ndarray, steps: int) -> np.ndarray:
    """Return the rod at the start and after each step; leave the rod as it is."""
    raise NotImplementedError


def hold_ends(rod: np.ndarray, left: float, right: float) -> None:
    """Write two temperatures into the ends of the given rod."""
    raise NotImplementedError
