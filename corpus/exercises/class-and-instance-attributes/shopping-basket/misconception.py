class Basket:
    opened = 0
    # Each basket needs a list, so the list stands with the other attributes.
    items = []

    def __init__(self):
        Basket.opened += 1

    def add(self, name, price, count=1):
        if count < 1:
            raise ValueError("at least one piece")
        self.items.append((name, price, count))

    def total(self):
        return sum(price * count for _, price, count in self.items)

    def names(self):
        return [name for name, _, _ in self.items]
