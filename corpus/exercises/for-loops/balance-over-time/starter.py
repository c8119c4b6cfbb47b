def balances(start: float, amounts: list[float]) -> list[float]:
    """Return the balance after each amount."""
    raise NotImplementedError


def lowest_balance(start: float, amounts: list[float]) -> float:
    """Return the lowest balance at any time, the start included."""
    raise NotImplementedError
