"""Picks the sentences of the notes that answer a question, word for word. Needs no language model.

Knows sentences, their vectors and their places. Does not write a word of its own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from backend.tutoring.retrieve import Asked, Candidate, word_match
from ingest.embedding import Vectors
from ingest.passages import Passage
from ingest.sentences import Unit
from ingest.snapshots import OpenSnapshot

MAX_SENTENCES = 4
_PASSAGES = 12
_DOCUMENTS = 3
# A sentence is as good as its words meet those of the question, and as its passage (docs/log.md).
_PASSAGE_WEIGHT = 3.0
_SAME = 0.9
_WEAKEST = 0.8  # A later sentence must score at least this share of the first.
_WANTS_CODE = re.compile(
    r"\b(how (do|can|would|should|to)|code|syntax|snippet|example|write|implement|one line"
    r"|python|numpy|pandas|matplotlib|pytorch|keras|sklearn|scikit-learn)\b|`|\(\)",
    re.IGNORECASE,
)
_WANTS_DEFINITION = re.compile(
    r"\b(what(\s+(is|are|was)|'s)|what\s+(do|does)\b.*\bmean|define|definition|meaning of|explain)\b", re.IGNORECASE
)
_DEFINES = re.compile(r"^(?P<subject>[^,.;:]{2,60}?)\s+(?:is|are|means)\s+(?:an?|the|how|that|to)\b")
_WORD = re.compile(r"[a-z][a-z_-]{3,}")
_DEFINITION_BONUS = 0.35
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


def quote(snapshot: OpenSnapshot, candidates: Sequence[Candidate], question: Asked) -> list[Quotation]:
    """One to four sentences, and a code block if the question asks how.

    The best sentence comes first, and then the others of its passage; these stand in reading order.
    """
    options = _options(snapshot, candidates, question)
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
    chosen[1:] = sorted(
        chosen[1:], key=lambda option: (best_of_passage[option.quotation.passage.id], option.quotation.unit.start)
    )
    return [option.quotation for option in [*chosen, *_code(options, chosen, question.text)]]


def _options(snapshot: OpenSnapshot, candidates: Sequence[Candidate], question: Asked) -> list[_Option]:
    wants_example = bool(_WANTS_EXAMPLE.search(question.text))
    wanted = set(_WORD.findall(question.text.lower())) if _WANTS_DEFINITION.search(question.text) else set()
    options: list[_Option] = []
    for candidate in _answering(candidates):
        passage = candidate.entry.passage
        vectors = snapshot.unit_vectors(passage.id)
        for unit, vector, tokens in zip(candidate.entry.units, vectors, snapshot.tokens_of(passage.id)[1], strict=True):
            if _is_tempting(passage, unit) or _LABEL.fullmatch(unit.of(passage.text)):
                continue
            score = word_match(question, tokens) + _PASSAGE_WEIGHT * candidate.score
            score -= _EXAMPLE_PENALTY * (passage.anchor == "worked-example" and not wants_example)
            score += _DEFINITION_BONUS * _defines(unit.of(passage.text), wanted)
            options.append(_Option(Quotation(passage, unit, candidate.score, score), np.asarray(vector)))
    return options


def _answering(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The best passages, and what else was found of their best documents: a note's answer is often beside its match."""
    answering = [candidate for candidate in candidates if candidate.entry.passage.anchor not in _NOT_AN_ANSWER]
    best = answering[:_PASSAGES]
    documents = list(dict.fromkeys(candidate.entry.passage.document for candidate in best))[:_DOCUMENTS]
    return best + [it for it in answering[_PASSAGES:] if it.entry.passage.document in documents]


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
        if option.quotation.unit.kind == "code" and option.quotation.passage.document in documents
    ]
    return sorted(blocks, key=lambda option: -option.quotation.score)[:1]
