"""Decides whether the notes cover a question, the whole of it or a part, before anything is answered from them.

Two checks: the gate that was fitted to the corpus (`ingest.coverage`), and whether a question for a price, a date, a
person or a version finds such a thing in the notes at all. Knows signals and the forms of facts. Does not know whether
a passage of the right field holds the answer: no retrieval score tells that.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from backend.tutoring.retrieve import Asked, Candidate
from ingest.coverage import signals
from ingest.snapshots import OpenSnapshot

_LOOKED_AT = 5
# A dollar sign begins a formula in the notes.
_AMOUNT = r"[\u20ac\u00a3]\s?\d|\b\d[\d,.]* ?(?:dollars?|euros?|pounds?|usd|eur)\b"


@dataclass(frozen=True)
class _Fact:
    """A kind of fact: how it is asked for, and how it looks where it is told."""

    asked: re.Pattern[str]
    told: re.Pattern[str]


_FACTS = (
    _Fact(  # a price; "how much data" and "cost function" are none
        re.compile(
            r"\bhow much (?:do|does|did|is|are|was|will|would)\b.{0,40}\b(?:cost|charge)\b"
            r"|\bwhat (?:do|does|did|will|would)\b.{0,40}\b(?:cost|charge)\b(?=\W*$| (?:for|per|on|in|a|an)\b)"
            r"|\b(?:price|tuition|subscription|discount|refund|monthly fee)\b|\bhow (?:expensive|cheap)\b",
            re.IGNORECASE,
        ),
        re.compile(rf"{_AMOUNT}|\b(?:free|prices?)\b", re.IGNORECASE),
    ),
    _Fact(  # a wage
        re.compile(
            r"\b(?:salary|salaries|wages?)\b|\b(?:how much|what)\b.{0,40}\b(?:earns?|pays?|paid)\b", re.IGNORECASE
        ),
        re.compile(_AMOUNT, re.IGNORECASE),
    ),
    _Fact(  # a date
        re.compile(
            r"\bwhen (?:was|were|did|will|is|does)\b.*\b(?:released?|invented|founded|published|come out|created"
            r"|announced|launch(?:ed)?|born|die|deadline|start|open|take place)\b|\brelease date\b"
            r"|\b(?:what|which) year\b",
            re.IGNORECASE,
        ),
        re.compile(r"\b(?:19|20)\d\d\b"),
    ),
    _Fact(  # a version
        re.compile(
            r"\b(?:latest|newest|current|which|what|stable) (?:\w+ ){0,3}version\b|\blatest release\b", re.IGNORECASE
        ),
        re.compile(r"\b\d+\.\d+|\bversions?\b"),
    ),
    _Fact(  # a person
        re.compile(
            r"^\s*who (?:is|was|were|invented|created|founded|made|wrote|owns|runs|won|discovered|came up|teaches)\b"
            r"|\b(?:ceo|founders?|inventor) of\b",
            re.IGNORECASE,
        ),
        re.compile(r"\b[A-Z][a-z]+ (?:[A-Z]\. ?)?[A-Z][a-z]+"),
    ),
)


def is_covered(snapshot: OpenSnapshot, question: Asked, candidates: Sequence[Candidate]) -> bool:
    """Whether the notes are likely to answer a question."""
    evidence = signals(question.vector[None], snapshot.texts)[0]
    if snapshot.snapshot.manifest.gate.margin(evidence, question.vector) < 0:
        return False
    texts = [candidate.entry.passage.text for candidate in candidates[:_LOOKED_AT]]
    return all(any(fact.told.search(text) for text in texts) for fact in _FACTS if fact.asked.search(question.text))
