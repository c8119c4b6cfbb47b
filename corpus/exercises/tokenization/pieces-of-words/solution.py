import re
from collections import Counter
from itertools import pairwise

Pair = tuple[str, str]


def split_words(text: str) -> list[str]:
    """Cut a text into words that keep their leading space: "a b" gives "a", " b"."""
    return re.findall(r" ?\S+|\s+", text)


def learn_merges(text: str, number: int) -> list[Pair]:
    """Return at most `number` merges, in the order in which they were learned."""
    word_counts = Counter(split_words(text))
    pieces = {word: list(word) for word in word_counts}
    merges = []
    while len(merges) < number:
        pair_counts = Counter()
        for word, count in word_counts.items():
            for pair in pairwise(pieces[word]):
                pair_counts[pair] += count
        best = min(pair_counts, key=lambda pair: (-pair_counts[pair], pair), default=())
        if pair_counts[best] < 2:
            break
        merges.append(best)
        pieces = {word: _merge(tokens, best) for word, tokens in pieces.items()}
    return merges


def encode(text: str, merges: list[Pair]) -> list[str]:
    """Return the tokens of the text after all merges."""
    encoded = []
    for word in split_words(text):
        tokens = list(word)
        for pair in merges:
            tokens = _merge(tokens, pair)
        encoded.extend(tokens)
    return encoded


def _merge(tokens: list[str], pair: Pair) -> list[str]:
    """Join each occurrence of the pair, from left to right."""
    merged, position = [], 0
    while position < len(tokens):
        size = 2 if tuple(tokens[position : position + 2]) == pair else 1
        merged.append("".join(tokens[position : position + size]))
        position += size
    return merged
