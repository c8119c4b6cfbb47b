from collections.abc import Callable


def read_lines(
    lines: list[str], convert: Callable[[str], float] = float
) -> tuple[list[float], list[tuple[int, str]]]:
    """Return the converted values and the bad lines with their numbers."""
    values, bad = [], []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            value = convert(line)
        except ValueError:
            bad.append((number, line))
        else:
            values.append(value)
    return values, bad
