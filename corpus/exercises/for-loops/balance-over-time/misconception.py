def balances(start: float, amounts: list[float]) -> list[float]:
    history = []
    for amount in amounts:
        # The total belongs to the loop, so it seems to start here.
        total = start
        total += amount
        history.append(total)
    return history


def lowest_balance(start: float, amounts: list[float]) -> float:
    lowest = start
    for balance in balances(start, amounts):
        if balance < lowest:
            lowest = balance
    return lowest
