import math


class Value:
    """A number that remembers how it was computed."""

    def __init__(self, data, inputs=()):
        self.data = float(data)
        self.grad = 0.0
        self._inputs = inputs  # pairs of an input and the local slope

    def __add__(self, other):
        other = _as_value(other)
        return Value(self.data + other.data, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other):
        other = _as_value(other)
        slopes = [(self, other.data), (other, self.data)]
        return Value(self.data * other.data, slopes)

    def __pow__(self, power):
        slope = power * self.data ** (power - 1) if power else 0.0
        return Value(self.data**power, [(self, slope)])

    def exp(self):
        result = math.exp(self.data)
        return Value(result, [(self, result)])

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other

    def __truediv__(self, other):
        return self * _as_value(other) ** -1

    def __rtruediv__(self, other):
        return self**-1 * other

    def backward(self):
        self.grad += 1.0
        waiting, seen = [self], {self}
        # Each node passes its gradient on once, in the order of discovery.
        while waiting:
            node = waiting.pop()
            for value, slope in node._inputs:
                value.grad += slope * node.grad
                if value not in seen:
                    seen.add(value)
                    waiting.append(value)


def _as_value(number):
    return number if isinstance(number, Value) else Value(number)
