Pair = tuple[float, float]


def wind_along(leg: Pair, wind: Pair) -> float:
    """Return the metres per second of the wind that push forwards along the leg."""
    raise NotImplementedError


def kind_of_wind(leg: Pair, wind: Pair) -> str:
    """Return "calm", "tailwind", "headwind" or "crosswind"."""
    raise NotImplementedError
