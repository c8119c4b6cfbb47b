def with_new_time(records: list[float], time: float) -> list[float]:
    """Return the three fastest of the records and the new time."""
    return sorted([*records, time])[:3]
