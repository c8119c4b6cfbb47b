"""The shapes of what is taught.

Knows steps, concepts, resources, documents and their sections. Does not know files: `corpus.reader` makes these.
"""

from dataclasses import dataclass
from typing import Literal

DocumentKind = Literal["note", "resource", "document"]


@dataclass(frozen=True)
class Step:
    """One of the six steps of the path; `number` counts from 1."""

    number: int
    id: str
    title: str


@dataclass(frozen=True)
class Concept:
    """One thing to learn. `prerequisites` are direct ones only; `depth` is "core" (the path) or "further"."""

    id: str
    name: str
    step: int
    prerequisites: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    depth: Literal["core", "further"] = "core"
    in_text: str | None = None

    @property
    def name_in_text(self) -> str:
        """The name as it reads inside a sentence.

        >>> Concept("chain-rule", "Chain rule", 2).name_in_text
        'chain rule'
        >>> Concept("numpy-arrays", "NumPy arrays", 3).name_in_text
        'NumPy arrays'
        """
        if self.in_text is not None:
            return self.in_text
        first_word = self.name.split()[0]
        has_inner_capital = any(letter.isupper() for letter in first_word[1:])
        return self.name if has_inner_capital else self.name[0].lower() + self.name[1:]

    @property
    def terms(self) -> tuple[str, ...]:
        """Every way the graph knows to name this concept."""
        return (self.name, self.name_in_text, *self.aliases)


@dataclass(frozen=True)
class Resource:
    """A course, book or site that we point to and summarise in our own words. `hours` is None where unknown."""

    id: str
    title: str
    author: str
    steps: tuple[int, ...]
    url: str
    format: str
    cost: str | None
    hours: float | None
    licence: str | None
    status: str | None
    checked: str
    concepts: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """The text under one heading: `document.text[start:end]`. `heading` joins the headings that lead to it."""

    heading: str
    anchor: str
    start: int
    end: int


@dataclass(frozen=True)
class Link:
    """`document.text[start:end]` names another concept."""

    start: int
    end: int
    concept: str


@dataclass(frozen=True)
class Document:
    """A note, a path overview or a resource summary.

    `text` is the Markdown of the file below its front matter, with concept links put into words. It has as many lines
    as the file has there, so line `n` of the text (from 0) is line `first_line + n` of the file.
    """

    id: str
    kind: DocumentKind
    title: str
    summary: str
    step: int | None
    concept: str | None
    path: str
    first_line: int
    text: str
    sections: tuple[Section, ...]
    links: tuple[Link, ...] = ()
