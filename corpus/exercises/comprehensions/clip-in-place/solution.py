def clip(values: list[float], low: float, high: float) -> None:
    """Bring every value of the list into the range from low to high."""
    if low > high:
        raise ValueError(f"low ({low}) must not be larger than high ({high})")
    values[:] = [min(max(value, low), high) for value in values]
