def ticket_price(age: int, is_student: bool) -> float:
    # The branches seem to be found by their tests, in any order.
    if age < 0:
        raise ValueError("an age cannot be negative")
    if age < 18 or age >= 65:
        return 6
    elif age < 6:
        return 0
    elif is_student:
        return 9
    else:
        return 12
