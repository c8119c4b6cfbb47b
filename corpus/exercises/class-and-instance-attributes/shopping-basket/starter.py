class Basket:
    """The things that one customer wants to buy."""

    opened = 0

    def add(self, name: str, price: float, count: int = 1) -> None:
        raise NotImplementedError

    def total(self) -> float:
        raise NotImplementedError

    def names(self) -> list[str]:
        raise NotImplementedError
