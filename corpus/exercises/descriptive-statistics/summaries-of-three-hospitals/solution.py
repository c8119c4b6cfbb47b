import math

Group = tuple[int, float | None, float | None]


def pool(groups: list[Group]) -> tuple[int, float, float]:
    """Return count, mean and standard deviation of all patients together."""
    known = [group for group in groups if group[0] > 0]
    if not known:
        raise ValueError("there are no patients to describe")

    total = sum(count for count, _, _ in known)
    centre = sum(count * mean for count, mean, _ in known) / total
    # Mean squared distance from the overall centre, within and between the groups.
    variance = (
        sum(count * (std**2 + (mean - centre) ** 2) for count, mean, std in known)
        / total
    )
    return total, centre, math.sqrt(variance)
