def windows(values: list[float], size: int) -> list[list[float]]:
    """Return all runs of `size` neighbouring values."""
    if size < 1:
        raise ValueError(f"a window needs at least one value, not {size}")
    starts = range(len(values) - size + 1)
    return [values[start : start + size] for start in starts]


def last_window(values: list[float], size: int) -> list[float]:
    """Return the last run of `size` values, or an empty list."""
    found = windows(values, size)
    return found[-1] if found else []
