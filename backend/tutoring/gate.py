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


@dataclass(frozen=True)
class _Fact:
    """A kind of fact: how it is asked for, and how it looks where it is told."""

    asked: re.Pattern[str]
    told: re.Pattern[str]


_FACTS = (
    _Fact(  # a price or a wage; "how much data" and "cost function" are none
        re.compile(
            r"\b(?:what|how much|how many (?:euros?|dollars?))\b.{0,40}"
            r"\b(?:costs?|charges?|earns?|paid|pays?)\b(?! function)"
            r"|\b(?:price|salary|salaries|tuition|subscription|discount|refund|monthly fee|wages?)\b"
            r"|\bhow (?:expensive|cheap)\b",
            re.IGNORECASE,
        ),
        re.compile(
            r"[$\u20ac\u00a3]\s?\d|\b(?:dollars?|euros?|usd|eur|free|pay|paid|prices?|salary|salaries)\b", re.IGNORECASE
        ),
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
