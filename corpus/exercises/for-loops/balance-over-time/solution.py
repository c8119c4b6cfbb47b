def balances(start: float, amounts: list[float]) -> list[float]:
    """Return the balance after each amount."""
    total = start
    history = []
    for amount in amounts:
        total += amount
        history.append(total)
    return history


def lowest_balance(start: float, amounts: list[float]) -> float:
    """Return the lowest balance at any time, the start included."""
    return min([start, *balances(start, amounts)])
