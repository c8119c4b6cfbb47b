import math

Group = tuple[int, float | None, float | None]


def pool(groups: list[Group]) -> tuple[int, float, float]:
    known = [group for group in groups if group[0] > 0]
    if not known:
        raise ValueError("there are no patients to describe")

    total = sum(count for count, _, _ in known)
    # The mean of the means is the mean of all, and the same holds for the squares.
    centre = sum(mean for _, mean, _ in known) / len(known)
    squares = [std**2 + (mean - centre) ** 2 for _, mean, std in known]
    return total, centre, math.sqrt(sum(squares) / len(known))
