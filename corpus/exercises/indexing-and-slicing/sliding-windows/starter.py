def windows(values: list[float], size: int) -> list[list[float]]:
    """Return all runs of `size` neighbouring values."""
    raise NotImplementedError


def last_window(values: list[float], size: int) -> list[float]:
    """Return the last run of `size` values, or an empty list."""
    raise NotImplementedError
