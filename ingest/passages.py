"""Cuts documents into passages: the pieces that are embedded, ranked and cited.

Knows headings, blocks and lengths. Does not know embeddings or indexes.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from math import ceil
from typing import Any

from corpus.content import Document, DocumentKind, Section
from corpus.reader import line_starts, markdown_parser

# Measured (docs/log.md): longer passages are not better, since the embedding reads 256 tokens.
MAX_WORDS = 200
CUTTING_RULES = f"sections, blocks kept whole, at most {MAX_WORDS} words, version 1"


@dataclass(frozen=True)
class Passage:
    """One section of a document, or a part of a long one.

    `text` is verbatim: `document.text[start:start + len(text)]`. `lines` are the first and last line in the file at
    `path`, from 1. `id` depends on document, anchor and ordinal only, so that it outlives an edit of the text.
    """

    id: str
    document: str
    kind: DocumentKind
    title: str
    heading: str
    anchor: str
    ordinal: int
    step: int | None
    concept: str | None
    path: str
    lines: tuple[int, int]
    start: int
    text: str

    @property
    def sha256(self) -> str:
        return sha256(self.text)

    def embedding_content(self) -> str:
        """What is embedded: the heading path, then the text (the prefix is worth +.036 nDCG@10, docs/log.md)."""
        return f"{self.title} > {self.heading}\n{self.text}"

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, entry: dict[str, Any]) -> "Passage":
        return cls(**{**entry, "lines": tuple(entry["lines"])})


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def cut_passages(document: Document) -> list[Passage]:
    """The passages of a document in reading order."""
    starts = line_starts(document.text)
    return [
        Passage(
            id=_passage_id(document.id, section.anchor, ordinal),
            document=document.id,
            kind=document.kind,
            title=document.title,
            heading=section.heading,
            anchor=section.anchor,
            ordinal=ordinal,
            step=document.step,
            concept=document.concept,
            path=document.path,
            lines=(
                document.first_line + _line_of(starts, start),
                document.first_line + _line_of(starts, end - 1),
            ),
            start=start,
            text=document.text[start:end],
        )
        for section in document.sections
        for ordinal, (start, end) in enumerate(_pieces(document.text, section))
    ]


def _passage_id(document_id: str, anchor: str, ordinal: int) -> str:
    return sha256(f"{document_id}\n{anchor}\n{ordinal}")[:16]


def _pieces(text: str, section: Section) -> Iterator[tuple[int, int]]:
    """Runs of whole blocks of about equal length, none over `MAX_WORDS` unless one block alone is."""
    blocks = list(_blocks(text, section))
    sizes = [len(text[start:end].split()) for start, end in blocks]
    parts = max(1, ceil(sum(sizes) / MAX_WORDS))
    target = sum(sizes) / parts
    piece_start, words = 0, 0
    for position, size in enumerate(sizes):
        is_full = words + size > MAX_WORDS or words >= target
        if words and is_full:
            yield blocks[piece_start][0], blocks[position - 1][1]
            piece_start, words = position, 0
        words += size
    if blocks:
        yield blocks[piece_start][0], blocks[-1][1]


def _blocks(text: str, section: Section) -> Iterator[tuple[int, int]]:
    """The spans that must not be cut: paragraphs, lists, tables, formulas, and code with its output."""
    body = text[section.start : section.end]
    starts = line_starts(body)
    spans: list[tuple[int, int]] = []
    for token in markdown_parser().parse(body):
        if token.level == 0 and token.map is not None and token.nesting >= 0:
            start, end = starts[token.map[0]], starts[token.map[1]]
            end = start + len(body[start:end].rstrip())
            belongs_to_last = token.info.split()[:2] == ["text", "output"] or token.type == "math_block"
            if belongs_to_last and spans:
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((start, end))
    for start, end in spans:
        yield section.start + start, section.start + end


def _line_of(starts: list[int], offset: int) -> int:
    return bisect_right(starts, offset) - 1
