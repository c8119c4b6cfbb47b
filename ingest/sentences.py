"""Cuts Markdown into the units that can be quoted alone: sentences, code blocks and formulas.

Knows Markdown and where an English sentence ends. Does not know which unit is worth quoting.
Written here because the sentence splitters on PyPI are either unmaintained or break inside code, formulas and links.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from corpus.reader import line_starts, markdown_parser

UnitKind = Literal["sentence", "code", "formula"]

_LEFT_OUT = {"heading_open", "heading_close", "table_open", "table_close"}
_LIST_MARK = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+")
_QUOTE_MARK = re.compile(r"\s*>\s?")
# What must not be cut: inline code, formulas, links, and dots that end no sentence.
_PROTECTED = re.compile(
    r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)|\$[^$]+\$|(?:\[[^\[\]]*)?\]\([^)\s]*\)|https?://\S+"
    r"|\b(?:e\.g|i\.e|etc|vs|cf|approx|resp|Fig|Eq|No|Dr|Mr|Mrs|Prof|St|al|Ph\.D)\.(?=\s+[a-z0-9(\[$`])"
    r"|\b(?:e\.g|i\.e|cf|vs|Fig|Eq|Dr|Mr|Mrs|Prof)\.(?=\s)",
    re.DOTALL,
)
_END = re.compile(r"[.!?…]+[\"'\u201d\u2019)\]*_]*(?=\s+\S|$)")
_STARTS_LIKE_A_SENTENCE = re.compile(
    r"\s+[\"'\u201c\u2018(\[*_]*[A-Z0-9`$\u00ab\u00c0-\u024f]|\s+(?:k-|t-|p-|e\.g|pandas\b|scikit|[a-z]+_)|\s*$"
)


@dataclass(frozen=True)
class Unit:
    """`text[start:end]` of the Markdown it was cut from."""

    start: int
    end: int
    kind: UnitKind

    def of(self, text: str) -> str:
        return text[self.start : self.end]


def cut_units(markdown: str) -> list[Unit]:
    """The quotable units of a Markdown text, in order.

    Headings and tables are left out: they do not read as an answer. A `text output` block belongs to its code.
    """
    units: list[Unit] = []
    starts = line_starts(markdown)
    is_left_out = False
    for token in markdown_parser().parse(markdown):
        if token.type in _LEFT_OUT:
            is_left_out = token.type.endswith("_open")
        if token.map is None:
            continue
        start, end = starts[token.map[0]], starts[token.map[1]]
        if token.type == "fence":
            unit = _trimmed(markdown, start, end, "code")
            if token.info.split()[:2] == ["text", "output"] and units and units[-1].kind == "code":
                units[-1] = Unit(units[-1].start, unit.end, "code")
            else:
                units.append(unit)
        elif token.type == "math_block":
            units.append(_trimmed(markdown, start, end, "formula"))
        elif token.type == "inline" and not is_left_out:
            start += _marker_width(markdown[start:end])
            units.extend(
                Unit(start + sentence.start, start + sentence.end, "sentence")
                for sentence in cut_sentences(markdown[start:end])
            )
    return units


def cut_sentences(text: str) -> list[Unit]:
    """The sentences of one paragraph; offsets count from the start of the given text.

    >>> text = "Use `a.b` here. Then e.g. stop at 0.5. Why?"
    >>> [unit.of(text) for unit in cut_sentences(text)]
    ['Use `a.b` here.', 'Then e.g. stop at 0.5.', 'Why?']
    """
    safe = _PROTECTED.sub(lambda match: "x" * len(match[0]), text)
    cuts = [match.end() for match in _END.finditer(safe) if _STARTS_LIKE_A_SENTENCE.match(text, match.end())]
    bounds = [0, *cuts, len(text)]
    pieces = (_trimmed(text, start, end, "sentence") for start, end in pairwise(bounds))
    return [piece for piece in pieces if piece.start < piece.end]


def _trimmed(text: str, start: int, end: int, kind: UnitKind) -> Unit:
    piece = text[start:end]
    stripped = piece.strip()
    first = start + len(piece) - len(piece.lstrip())
    return Unit(first, first + len(stripped), kind)


def _marker_width(block: str) -> int:
    width = 0
    while match := _QUOTE_MARK.match(block, width) or _LIST_MARK.match(block, width):
        width = match.end()
    return width
