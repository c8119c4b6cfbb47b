from collections.abc import Callable

Rule = Callable[[float], float]


def price_rules(discounts: dict[str, float]) -> dict[str, Rule]:
    """Return for each group a function from a price to the reduced price."""
    return {group: _make_rule(percent) for group, percent in discounts.items()}


def _make_rule(percent: float) -> Rule:
    if not 0 <= percent <= 100:
        raise ValueError(f"a discount lies between 0 and 100 percent, not {percent}")

    def rule(price: float) -> float:
        return round(price * (100 - percent) / 100, 2)

    return rule
