import math

Pair = tuple[float, float]
FEELABLE = 0.5


def dot(a: Pair, b: Pair) -> float:
    return sum(p * q for p, q in zip(a, b, strict=True))


def wind_along(leg: Pair, wind: Pair) -> float:
    length = math.hypot(*leg)
    if length == 0:
        raise ValueError("a leg of length zero has no direction")
    return dot(leg, wind) / length


def kind_of_wind(leg: Pair, wind: Pair) -> str:
    push = wind_along(leg, wind)
    # The leg is not zero, so a product of zero seems to need a wind of zero.
    if push == 0 or math.hypot(*wind) < FEELABLE:
        return "calm"
    if push >= FEELABLE:
        return "tailwind"
    if push <= -FEELABLE:
        return "headwind"
    return "crosswind"
