def ticket_price(age: int, is_student: bool) -> float:
    """Return the price in euros for a visitor of this age."""
    if age < 0:
        raise ValueError(f"an age cannot be negative: {age}")
    if age < 6:
        return 0
    if age < 18 or age >= 65:
        return 6
    if is_student:
        return 9
    return 12
