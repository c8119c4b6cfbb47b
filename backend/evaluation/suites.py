"""Asks the tutor questions with known answers, as a learner would, and counts.

Knows what a good outcome of each suite is. Does not know how a question is answered: it asks for whole turns.
"""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from pydantic import BaseModel

from backend.evaluation.figures import Figure, figure
from backend.evaluation.questions import LabelledQuestion
from backend.tutoring.answer import Answer, Message, Mode, Question
from backend.tutoring.turn import Tutor

Suite = Literal["steps", "scope", "answers", "followups"]
SUITES: tuple[Suite, ...] = ("steps", "scope", "answers", "followups")


class Item(BaseModel):
    """What came of one question."""

    id: str
    question: str
    standalone: str
    half: str
    kind: str | None
    is_conversation: bool
    wanted: list[str]
    found: list[str]
    step: int | None
    step_found: int | None
    status: str
    answer: str
    facts: dict[str, bool]
    citations: list[bool]

    @property
    def is_refused(self) -> bool:
        return self.status == "not_covered"

    def has_concept_among(self, count: int) -> bool:
        return not {*self.wanted}.isdisjoint(self.found[:count])


class Evaluation(BaseModel):
    snapshot: str
    figures: list[Figure]
    items: list[Item]


@dataclass(frozen=True)
class _Measure:
    """A figure of a suite: over which items, and what is counted of each (a list counts each of its members)."""

    suite: Suite
    name: str
    among: Callable[[Item], bool]
    count: Callable[[Item], list[bool]]


def evaluate(
    tutor: Tutor, questions: Sequence[LabelledQuestion], suites: Sequence[Suite], mode: Mode = "quote"
) -> Evaluation:
    """The figures of the suites, for all questions and for each half."""
    items = asyncio.run(_ask_all(tutor, questions, mode))
    figures = [
        figure(measure.suite, measure.name, half, values)
        for half in ("all", "tune", "report")
        for measure in _measures(items)
        if measure.suite in suites and (values := _values(measure, items, half))
    ]
    return Evaluation(snapshot=tutor.served.current().id, figures=figures, items=items)


def _measures(items: Sequence[Item]) -> Iterator[_Measure]:
    yield _Measure("steps", "right concept first", _is_inside, lambda item: [item.has_concept_among(1)])
    yield _Measure("steps", "right concept among three", _is_inside, lambda item: [item.has_concept_among(3)])
    yield _Measure("steps", "right step", _is_inside, lambda item: [item.step == item.step_found])
    yield _Measure("scope", "wrongly refused", _is_inside, lambda item: [item.is_refused])
    for kind in dict.fromkeys(item.kind for item in items if not item.is_conversation and item.kind):
        yield _Measure("scope", f"refused, {kind}", _is_of(kind), lambda item: [item.is_refused])
    yield _Measure("answers", "vital facts found", lambda item: bool(item.facts), lambda item: [*item.facts.values()])
    yield _Measure("answers", "citations that verify", lambda item: bool(item.citations), lambda item: item.citations)
    yield _Measure("followups", "right concept among three", _is_follow_up, lambda item: [item.has_concept_among(3)])
    yield _Measure("followups", "new topic, right concept", _is_new_topic, lambda item: [item.has_concept_among(3)])
    yield _Measure(
        "followups", "new topic, nothing added", _is_new_topic, lambda item: [item.standalone == item.question]
    )


def _is_inside(item: Item) -> bool:
    return bool(item.wanted) and not item.is_conversation


def _is_of(kind: str) -> Callable[[Item], bool]:
    return lambda item: item.kind == kind


def _is_follow_up(item: Item) -> bool:
    return item.is_conversation and item.kind is None


def _is_new_topic(item: Item) -> bool:
    return item.is_conversation and item.kind == "new topic"


def _values(measure: _Measure, items: Sequence[Item], half: str) -> list[float]:
    among = [item for item in items if measure.among(item) and half in ("all", item.half)]
    return [float(value) for item in among for value in measure.count(item)]


async def _ask_all(tutor: Tutor, questions: Sequence[LabelledQuestion], mode: Mode) -> list[Item]:
    return [await _ask(tutor, question, mode) for question in questions]


async def _ask(tutor: Tutor, question: LabelledQuestion, mode: Mode) -> Item:
    *before, last = question.turns or [question.question]
    history = [Message(role="user", content=turn) for turn in before]
    answer = await tutor.answer(Question(question=last, mode=mode, history=history))
    return Item(
        id=question.id,
        question=last,
        standalone=answer.standalone_question,
        half=question.half,
        kind=question.kind,
        is_conversation=bool(question.turns),
        wanted=question.concepts,
        found=[concept.id for concept in answer.concepts],
        step=question.step,
        step_found=answer.step.number if answer.step else None,
        status=answer.status,
        answer=answer.answer,
        facts={nugget.text: nugget.is_in(answer.answer) for nugget in question.nuggets},
        citations=list(_citations(tutor, answer)),
    )


def _citations(tutor: Tutor, answer: Answer) -> Iterator[bool]:
    """For each citation of each sentence: whether it names a source whose span and hash hold."""
    passages = tutor.served.current().passages
    sources = {source.n: source for source in answer.sources}
    for sentence in answer.sentences:
        for number in sentence.citations:
            source = sources.get(number)
            text = passages[source.passage_id].passage.text if source else ""
            yield (
                source is not None
                and text[source.start : source.end] == source.quote
                and sha256(source.quote.encode()).hexdigest() == source.sha256
                and (sentence.origin != "quote" or sentence.text == source.quote)
            )
