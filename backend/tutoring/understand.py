"""What a question is about before anything is looked up: small talk, and what a follow-up leaves unsaid.

Knows the words of questions. Does not know the notes.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from backend.tutoring.answer import Intent

_SMALL_TALK = re.compile(
    r"""^(
        hi|hello|hey|good\ (morning|evening|afternoon)|thanks?(\ you)?(\ (so|very)\ much|\ a\ lot)?|ok(ay)?|great|cool
        |bye|goodbye|how\ are\ you|nice\ to\ meet\ you
    )(\ there|\ stepwise|\ again)?[\s.!?,]*$""",
    re.IGNORECASE | re.VERBOSE,
)
_PLAN = re.compile(
    r"""\b(
        where\ (do|should|can)\ i\ (start|begin)|how\ long\ (does|will|would)\ it\ take|study\ plan|learning\ path
        |road\ ?map|in\ what\ order|which\ order|what\ should\ i\ (learn|study)\ (first|next)|which\ step|can\ i\ skip
        |too\ old|do\ i\ need\ a\ (gpu|degree)
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_RESOURCE = re.compile(
    r"""\b(
        courses?|books?|tutorials?|speciali[sz]ation|videos?|lectures?|youtube|khan\ academy|brilliant|resources?
        |website
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_POINTS_BACK = re.compile(
    r"""\b(
        it|its|they|them|their|this|that|these|those|the\ same|the\ former|the\ latter|the\ (first|second|other)\ one
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
# "it" that stands for nothing: "is it worth…", "does it make sense to…".
_EMPTY_IT = re.compile(
    r"""\b(is|was|would|will|does|did|can|could)\ it\ (
        worth|ok|okay|possible|necessary|better|hard|normal|bad|good|true|important|make\ sense|matter|take|help|enough
        |safe|too\ late
    )\b
    |\bit\ (is|was)\ (worth|ok|possible|necessary|normal|true|important)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_DEMONSTRATIVE_CLAUSE = re.compile(r"\b(that|this) (is|are|was|were|can|has|have|does|do|i|we|you)\b", re.IGNORECASE)
_ELLIPSIS = re.compile(
    r"""^(and|but|so|or|also|then)\b
    |^(what|how)\ about\b
    |^why(\ not|\ is\ that|\ so)?\s*\??$
    |^(for|an|another|a|any)\ (example|instance)
    |^(can|could)\ you\ (explain|give|show|say|tell|elaborate|simplify)\b
    |^(give|show)\ me\ (an|another|more|a)\b
    |^(tell|explain)\ (me\ )?(more|again)\b
    |^(what|how|when|where|which|who)\s*\??$
    |^(more|again|example|examples|in\ code|in\ (python|numpy|pandas|pytorch|keras))\b""",
    re.IGNORECASE | re.VERBOSE,
)
# Weaker signs than those above: they count only in a question that names no concept.
_LEANS = re.compile(
    r"""\b(
        it|its|they|them|their|this|that|these|those|ones?|there|also|same|instead|mine|both|either|another|other
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_NEXT_QUESTION = re.compile(
    r"""[?]\s+(?:and\s+)?|,?\s+(?:and|also|plus)\s+(?=(?:also\ )?(?:
        how|what|why|when|where|who|which|can|could|does|do|is|are|should
    )\b)""",
    re.IGNORECASE | re.VERBOSE,
)
_FEWEST_WORDS = 5
_SHORT = 9
_NOT_LONG = 12
_REMEMBERED_CHARACTERS = 300


@dataclass(frozen=True)
class PastTurn:
    """What was asked before and what it turned out to be about."""

    question: str
    standalone_question: str
    topic: str | None


def standalone_question(question: str, past: PastTurn | None, names_concept: Callable[[str], bool]) -> str:
    """The question with what it leaves unsaid put in: what was asked before, in the learner's own words.

    A question that names a concept of its own and does not point back starts a new topic and stays as it is.
    """
    if past is None or past.topic is None or not _leans_on_the_past(question, names_concept):
        return question
    before = past.standalone_question[-_REMEMBERED_CHARACTERS:]
    return f"{before.rstrip(' ?.!:')}: {question}"


def parts_of(question: str) -> list[str]:
    """The questions that are asked in one, or the whole if it is one; none is a mere "and why would I want it?".

    >>> parts_of("How do I sort a list, and what does Colab Pro cost?")
    ['How do I sort a list', 'what does Colab Pro cost?']
    """
    parts = [part.strip() for part in _NEXT_QUESTION.split(question) if part.strip()]
    stand_alone = [len(part.split()) >= _FEWEST_WORDS for part in parts]
    stand_alone += [not _LEANS.search(part) for part in parts[1:]]
    return parts if len(parts) > 1 and all(stand_alone) else [question]


def intent_of(question: str) -> Intent:
    """The kind of question as far as its words tell."""
    if _SMALL_TALK.match(question.strip()):
        return "smalltalk"
    if _PLAN.search(question):
        return "plan"
    if _RESOURCE.search(question):
        return "resource"
    return "question"


def _leans_on_the_past(question: str, names_concept: Callable[[str], bool]) -> bool:
    words = _EMPTY_IT.sub("", question)
    if not names_concept(question):
        words = _DEMONSTRATIVE_CLAUSE.sub("it", words)
    is_short = len(question.split()) <= _SHORT
    points_back = is_short and bool(_POINTS_BACK.search(words))
    leaves_out = bool(_ELLIPSIS.search(question.strip())) and (is_short or not names_concept(question))
    is_open = not names_concept(question) and len(question.split()) <= _NOT_LONG
    return points_back or leaves_out or (is_open and bool(_LEANS.search(_EMPTY_IT.sub("", question))))
