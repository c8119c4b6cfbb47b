def clip(values: list[float], low: float, high: float) -> None:
    if low > high:
        raise ValueError("low must not be larger than high")
    # The comprehension has the name of the list, so it seems to change it.
    values = [min(max(value, low), high) for value in values]
