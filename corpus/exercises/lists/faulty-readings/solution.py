def drop_faulty(readings: list[float | None]) -> int:
    """Remove the faulty readings from the list and return how many there were."""
    good = [value for value in readings if value is not None and value >= 0]
    removed = len(readings) - len(good)
    readings[:] = good
    return removed
