def windows(values: list[float], size: int) -> list[list[float]]:
    if size < 1:
        raise ValueError("a window needs at least one value")
    found = []
    for start in range(len(values) - size + 1):
        # The last item of the window has the index start + size - 1.
        found.append(values[start : start + size - 1])
    return found


def last_window(values: list[float], size: int) -> list[float]:
    found = windows(values, size)
    return found[-1] if found else []
