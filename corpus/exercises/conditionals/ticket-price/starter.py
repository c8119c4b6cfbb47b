def ticket_price(age: int, is_student: bool) -> float:
    """Return the price in euros for a visitor of this age."""
    raise NotImplementedError
