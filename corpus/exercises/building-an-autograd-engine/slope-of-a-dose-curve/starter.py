class Value:
    """A number that remembers how it was computed."""

    def __init__(self, data: float) -> None:
        """Keep the number as `data` and start with a `grad` of 0.0."""
        raise NotImplementedError

    # Add the methods for +, -, *, /, ** and unary minus here.

    def exp(self) -> "Value":
        """Return e to the power of this value."""
        raise NotImplementedError

    def backward(self) -> None:
        """Add the slope of this value to the grad of all it depends on."""
        raise NotImplementedError
