from collections.abc import Iterable


def mean_and_range(values: Iterable[float]) -> tuple[float, float]:
    """Return the mean, and the largest value minus the smallest."""
    stream = iter(values)
    try:
        smallest = largest = total = next(stream)
    except StopIteration:
        raise ValueError("there is no mean of no values") from None
    count = 1
    for value in stream:
        count += 1
        total += value
        smallest, largest = min(smallest, value), max(largest, value)
    return total / count, largest - smallest
