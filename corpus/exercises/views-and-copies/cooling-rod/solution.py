import numpy as np


def cool(rod: np.ndarray, steps: int) -> np.ndarray:
    """Return the rod at the start and after each step; leave the rod as it is."""
    history = np.zeros((steps + 1, len(rod)))
    history[:] = rod  # writes into new memory; the ends are right in every row
    for step in range(steps):
        before, after = history[step], history[step + 1]  # two views
        after[1:-1] = (before[:-2] + before[2:]) / 2
    return history


def hold_ends(rod: np.ndarray, left: float, right: float) -> None:
    """Write two temperatures into the ends of the given rod."""
    rod[0] = left
    rod[-1] = right
