"""Binds each sentence of a model to the words of the notes that it rests on, or marks it as general.

Attribution comes after generation: a small model that is asked to cite gets it wrong, while the nearest sentence of the
notes was the right one in 26 of 26 cases (docs/log.md). Nearness is not proof: `backend.tutoring.support` looks for
what speaks against it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from backend.tutoring.quote import Quotation
from backend.tutoring.support import check
from corpus.concept_graph import ConceptGraph
from ingest.embedding import Vectors
from ingest.passages import Passage
from ingest.sentences import cut_sentences
from ingest.snapshots import OpenSnapshot

SUPPORTED = 0.5
"""The least cosine to its source of a sentence that rests on it (docs/log.md)."""

_COVERED = 0.2
_FENCE = re.compile(r"^[ \t]*```", re.MULTILINE)
_CLOSED = re.compile(r"`+[^`]+`+|\$[^$]+\$")
_WHOLE_WORD = re.compile(r"\s+\S+\s")


@dataclass(frozen=True)
class Attribution:
    """What a sentence rests on, if anything; `support` is the cosine to the nearest unit of the notes."""

    quotation: Quotation | None
    support: float


@dataclass(frozen=True)
class Evidence:
    """The units that a model was shown, with their vectors of shape (units, dimension)."""

    quotations: Sequence[Quotation]
    vectors: Vectors
    question: str
    graph: ConceptGraph

    @classmethod
    def of(cls, snapshot: OpenSnapshot, passages: Sequence[tuple[Passage, float]], question: str) -> "Evidence":
        """All units of some passages, given with their scores."""
        quotations = [
            Quotation(passage, unit, score, score)
            for passage, score in passages
            for unit in snapshot.passages[passage.id].units
        ]
        vectors = np.concatenate([snapshot.unit_vectors(passage.id) for passage, _ in passages])
        return cls(quotations, vectors, question, snapshot.snapshot.graph)

    def attribute(self, sentence: str, vector: Vectors) -> Attribution:
        """The unit nearest to a sentence, if it is near enough and nothing in it speaks against the sentence."""
        cosines = self.vectors @ vector
        best = int(np.argmax(cosines))
        support = round(float(cosines[best]), 4)
        if support < SUPPORTED:
            return Attribution(None, support)
        found = check(sentence, self.quotations[best].text, self._around(best), self.graph.technical_terms)
        is_supported = not found.conflicts and found.coverage >= _COVERED
        return Attribution(self.quotations[best] if is_supported else None, support)

    def _around(self, position: int) -> str:
        """What a sentence may take for granted: its neighbours, the headings, and the question."""
        passage = self.quotations[position].passage
        beside = self.quotations[max(0, position - 1) : position + 2]
        texts = [quotation.text for quotation in beside if quotation.passage.id == passage.id]
        return " ".join([*texts, passage.title, passage.heading, self.question])


class SentenceSplitter:
    """Cuts a stream of words into sentences as soon as each is whole. Code blocks and paragraphs are kept together.

    The pieces are the same however the stream was cut, and put together they are the stream.
    """

    def __init__(self) -> None:
        self._text = ""

    def feed(self, words: str) -> Iterator[str]:
        """The pieces that are whole now, with the white space that follows each."""
        self._text += words
        yield from self._pieces(is_over=False)

    def rest(self) -> Iterator[str]:
        """What is left when the stream has ended."""
        yield from self._pieces(is_over=True)

    def _pieces(self, *, is_over: bool) -> Iterator[str]:
        while (end := self._first_end(is_over)) is not None:
            piece, self._text = self._text[:end], self._text[end:]
            yield piece

    def _first_end(self, is_over: bool) -> int | None:
        text = self._text
        start = len(text) - len(text.lstrip())
        if start == len(text):
            return len(text) if is_over and text else None
        fences = [match.end() for match in _FENCE.finditer(text)]
        if text.startswith("```", start):
            return self._end_of_code(fences, is_over)
        limit = text.rfind("\n", 0, fences[0]) + 1 if fences else len(text)
        paragraph = text.find("\n\n", start, limit)
        limit = paragraph if paragraph >= 0 else limit
        is_followed = bool(text[limit:].strip())
        sentences = cut_sentences(text[:limit])
        end = sentences[0].end
        if not (is_followed or is_over) and not (len(sentences) > 1 and _is_settled(text, end)):
            return None
        following = text[end:].lstrip()
        return len(text) - len(following) if following else len(text)

    def _end_of_code(self, fences: Sequence[int], is_over: bool) -> int | None:
        newline = self._text.find("\n", fences[1]) if len(fences) > 1 else -1
        if newline >= 0:
            return newline + 1
        return len(self._text) if is_over else None


def _is_settled(text: str, end: int) -> bool:
    """Whether no words to come can undo the end of a sentence: no code or formula is open, and a whole word follows."""
    is_open = any(mark in _CLOSED.sub("", text[:end]) for mark in "`$")
    return not is_open and _WHOLE_WORD.match(text, end) is not None
