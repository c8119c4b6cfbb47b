import re

Pair = tuple[str, str]


def split_words(text: str) -> list[str]:
    """Cut a text into words that keep their leading space: "a b" gives "a", " b"."""
    return re.findall(r" ?\S+|\s+", text)


def learn_merges(text: str, number: int) -> list[Pair]:
    """Return at most `number` merges, in the order in which they were learned."""
    raise NotImplementedError


def encode(text: str, merges: list[Pair]) -> list[str]:
    """Return the tokens of the text after all merges."""
    raise NotImplementedError
