class Basket:
    """The things that one customer wants to buy."""

    opened = 0

    def __init__(self) -> None:
        self._items: list[tuple[str, float, int]] = []
        Basket.opened += 1

    def add(self, name: str, price: float, count: int = 1) -> None:
        if count < 1:
            raise ValueError(f"a basket takes at least one piece, not {count}")
        self._items.append((name, price, count))

    def total(self) -> float:
        return sum(price * count for _, price, count in self._items)

    def names(self) -> list[str]:
        return [name for name, _, _ in self._items]
