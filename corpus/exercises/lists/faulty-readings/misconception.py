def drop_faulty(readings: list[float | None]) -> int:
    before = len(readings)
    for value in readings:
        # Removing an item that the loop has just met looks harmless.
        if value is None or value < 0:
            readings.remove(value)
    return before - len(readings)
