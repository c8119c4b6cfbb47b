"""Picks the sentences of the notes that answer a question, word for word. Needs no language model.

Knows sentences, their vectors and their places. Does not write a word of its own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from backend.tutoring.retrieve import Candidate
from ingest.embedding import Vectors
from ingest.passages import Passage
from ingest.sentences import Unit
from ingest.snapshots import OpenSnapshot

MAX_SENTENCES = 3
_PASSAGES = 6
_SENTENCE_WEIGHT = 0.65
_SAME = 0.86
_WEAKEST = 0.75  # A second or third sentence must score at least this share of the first.
_WANTS_CODE = re.compile(
    r"\b(how (do|can|would|should|to)|code|syntax|snippet|example|write|implement|in (python|numpy|pandas|pytorch))\b",
    re.IGNORECASE,
)
_WANTS_DEFINITION = re.compile(
    r"\b(what(\s+(is|are|was)|'s)|what\s+(do|does)\b.*\bmean|define|definition|meaning of|explain)\b", re.IGNORECASE
)
_DEFINES = re.compile(r"^(?P<subject>[^,.;:]{2,60}?)\s+(?:is|are|means)\s+(?:an?|the|how|that|to)\b")
_WORD = re.compile(r"[a-z][a-z_-]{3,}")
_DEFINITION_BONUS = 0.08
_CODE_LEAST = 0.35
_NOT_AN_ANSWER = ("where-next",)
_LABEL = re.compile(r"\*\*[^*]+\*\*[.:]?")
# The steps of a worked example speak of its own numbers.
_EXAMPLE_PENALTY = 0.06
_WANTS_EXAMPLE = re.compile(r"\b(examples?|by hand|step by step|calculate|compute|work out)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Quotation:
    """A unit of a passage chosen as part of the answer."""

    passage: Passage
    unit: Unit
    passage_score: float
    score: float

    @property
    def text(self) -> str:
        return self.unit.of(self.passage.text)


@dataclass(frozen=True)
class _Option:
    quotation: Quotation
    vector: Vectors


def quote(snapshot: OpenSnapshot, candidates: Sequence[Candidate], question: str, vector: Vectors) -> list[Quotation]:
    """One to three sentences, and a code block if the question asks how.

    The passage of the best sentence comes first; within a passage, sentences stand in reading order.
    """
    options = _options(snapshot, candidates, question, vector)
    sentences = sorted(
        (option for option in options if option.quotation.unit.kind == "sentence"),
        key=lambda option: -option.quotation.score,
    )
    chosen: list[_Option] = []
    for option in sentences:
        is_weak = bool(chosen) and option.quotation.score < _WEAKEST * chosen[0].quotation.score
        if len(chosen) == MAX_SENTENCES or is_weak:
            break
        if all(float(option.vector @ other.vector) < _SAME for other in chosen):
            chosen.append(option)
    best_of_passage: dict[str, float] = {}
    for option in chosen:
        best_of_passage.setdefault(option.quotation.passage.id, -option.quotation.score)
    chosen.sort(key=lambda option: (best_of_passage[option.quotation.passage.id], option.quotation.unit.start))
    return [option.quotation for option in [*chosen, *_code(options, chosen, question)]]


def _options(snapshot: OpenSnapshot, candidates: Sequence[Candidate], question: str, vector: Vectors) -> list[_Option]:
    wants_example = bool(_WANTS_EXAMPLE.search(question))
    wanted = set(_WORD.findall(question.lower())) if _WANTS_DEFINITION.search(question) else set()
    options: list[_Option] = []
    answering = [candidate for candidate in candidates if candidate.entry.passage.anchor not in _NOT_AN_ANSWER]
    for candidate in answering[:_PASSAGES]:
        passage = candidate.entry.passage
        vectors = snapshot.unit_vectors(passage.id)
        for unit, unit_vector, cosine in zip(candidate.entry.units, vectors, vectors @ vector, strict=True):
            if _is_tempting(passage, unit) or _LABEL.fullmatch(unit.of(passage.text)):
                continue
            score = _SENTENCE_WEIGHT * float(cosine) + (1 - _SENTENCE_WEIGHT) * candidate.score
            score -= _EXAMPLE_PENALTY * (passage.anchor == "worked-example" and not wants_example)
            score += _DEFINITION_BONUS * _defines(unit.of(passage.text), wanted)
            options.append(_Option(Quotation(passage, unit, candidate.score, score), np.asarray(unit_vector)))
    return options


def _is_tempting(passage: Passage, unit: Unit) -> bool:
    """A section on a mistake begins by saying why the belief is tempting; quoted alone, that reads like agreement."""
    return unit.start == 0 and passage.heading.startswith("Common mistakes > ")


def _defines(sentence: str, wanted: set[str]) -> bool:
    """Whether a sentence says what one of the wanted words is."""
    match = _DEFINES.match(sentence)
    return match is not None and bool(wanted & set(_WORD.findall(match["subject"].lower())))


def _code(options: Sequence[_Option], chosen: Sequence[_Option], question: str) -> list[_Option]:
    """The best code block of the concepts already quoted, if the question asks how something is done."""
    if not chosen or not _WANTS_CODE.search(question):
        return []
    documents = {option.quotation.passage.document for option in chosen[:1]}
    blocks = [
        option
        for option in options
        if option.quotation.unit.kind == "code"
        and option.quotation.passage.document in documents
        and option.quotation.score >= _CODE_LEAST
    ]
    return sorted(blocks, key=lambda option: -option.quotation.score)[:1]
