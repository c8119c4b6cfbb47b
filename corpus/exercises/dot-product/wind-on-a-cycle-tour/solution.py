import math

Pair = tuple[float, float]
FEELABLE = 0.5


def dot(a: Pair, b: Pair) -> float:
    return sum(p * q for p, q in zip(a, b, strict=True))


def wind_along(leg: Pair, wind: Pair) -> float:
    """Return the metres per second of the wind that push forwards along the leg."""
    length = math.hypot(*leg)
    if length == 0:
        raise ValueError("a leg of length zero has no direction")
    return dot(leg, wind) / length


def kind_of_wind(leg: Pair, wind: Pair) -> str:
    """Return "calm", "tailwind", "headwind" or "crosswind"."""
    push = wind_along(leg, wind)
    if math.hypot(*wind) < FEELABLE:
        return "calm"
    if push >= FEELABLE:
        return "tailwind"
    if push <= -FEELABLE:
        return "headwind"
    return "crosswind"
