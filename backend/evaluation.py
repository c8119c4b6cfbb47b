"""Measures what the tutor finds and refuses, on questions with known answers, for `stepwise eval`.

Knows questions, ranks and intervals. Does not know how a question is answered: it calls what a turn calls.
"""

from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Literal

import numpy as np
from pydantic import BaseModel, ValidationError

from backend.errors import BadRequest
from backend.tutoring.gate import is_covered
from backend.tutoring.retrieve import CANDIDATES, concepts_of, retrieve, step_of
from ingest.embedding import Embedding
from ingest.snapshots import OpenSnapshot

Suite = Literal["steps", "scope"]
SUITES: tuple[Suite, ...] = ("steps", "scope")

_RESAMPLES = 2000


class LabelledQuestion(BaseModel):
    """A line of a file of questions: `step` and `concepts` (best first) if the notes answer it, else `kind`."""

    id: str
    question: str
    step: int | None = None
    concepts: list[str] = []
    kind: str | None = None

    @property
    def half(self) -> Literal["tune", "report"]:
        """The half it belongs to, for good: weights may be chosen on one half, and the other only reports."""
        return "tune" if int(sha256(self.id.encode()).hexdigest(), 16) % 2 == 0 else "report"


class Item(BaseModel):
    """What was found for one question."""

    id: str
    question: str
    half: str
    kind: str | None
    wanted: list[str]
    found: list[str]
    step: int | None
    step_found: int | None
    is_refused: bool


class Figure(BaseModel):
    """A share with its 95 % interval (percentile bootstrap over the questions, 2,000 resamples)."""

    suite: Suite
    name: str
    half: str
    questions: int
    value: float
    low: float
    high: float

    def __str__(self) -> str:
        interval = f"[{self.low:.3f}, {self.high:.3f}]"
        return f"{self.suite:<6} {self.name:<28} {self.half:<7} {self.questions:>4}  {self.value:.3f}  {interval}"


class Evaluation(BaseModel):
    snapshot: str
    figures: list[Figure]
    items: list[Item]


def read_questions(path: Path) -> list[LabelledQuestion]:
    """The questions of a JSONL file.

    Raises:
        BadRequest: The file is missing, or a line is not a question; the message names the line.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise BadRequest(f"{path} cannot be read ({error.strerror}): name a JSONL file with --questions.") from error
    questions = []
    for number, line in enumerate(lines, start=1):
        try:
            questions.append(LabelledQuestion.model_validate_json(line))
        except ValidationError as error:
            what = error.errors()[0]
            field = ".".join(map(str, what["loc"])) or "line"
            raise BadRequest(f"{path}, line {number}: {field}: {what['msg']}.") from error
    return questions


def evaluate(
    snapshot: OpenSnapshot, embedding: Embedding, questions: Sequence[LabelledQuestion], suites: Sequence[Suite]
) -> Evaluation:
    """The figures of the suites, for all questions and for each half."""
    items = [_ask(snapshot, embedding, question) for question in questions]
    inside = [item for item in items if item.wanted]
    outside = [item for item in items if not item.wanted]
    measures: list[tuple[Suite, str, list[Item], Callable[[Item], bool]]] = [
        ("steps", "right concept first", inside, lambda item: not {*item.wanted}.isdisjoint(item.found[:1])),
        ("steps", "right concept among three", inside, lambda item: not {*item.wanted}.isdisjoint(item.found[:3])),
        ("steps", "right step", inside, lambda item: item.step == item.step_found),
        ("scope", "wrongly refused", inside, lambda item: item.is_refused),
    ]
    for kind in dict.fromkeys(item.kind for item in outside):
        of_kind = [item for item in outside if item.kind == kind]
        measures.append(("scope", f"refused, {kind}", of_kind, lambda item: item.is_refused))
    figures = [
        _figure(suite, name, half, counted)
        for half in ("all", "tune", "report")
        for suite, name, among, is_hit in measures
        if suite in suites and (counted := [is_hit(item) for item in among if half in ("all", item.half)])
    ]
    return Evaluation(snapshot=snapshot.id, figures=figures, items=items)


def _ask(snapshot: OpenSnapshot, embedding: Embedding, question: LabelledQuestion) -> Item:
    candidates = retrieve(snapshot, question.question, embedding.embed_one(question.question), limit=CANDIDATES)
    step = step_of(candidates, snapshot.snapshot.graph)
    return Item(
        id=question.id,
        question=question.question,
        half=question.half,
        kind=question.kind,
        wanted=question.concepts,
        found=[concept.id for concept in concepts_of(candidates, snapshot.snapshot.graph)],
        step=question.step,
        step_found=step.number if step else None,
        is_refused=not is_covered(candidates, snapshot.snapshot.manifest.gate),
    )


def _figure(suite: Suite, name: str, half: str, counted: Sequence[bool]) -> Figure:
    hits = np.asarray(counted, dtype=float)
    picks = np.random.default_rng(0).integers(len(hits), size=(_RESAMPLES, len(hits)))
    low, high = np.percentile(hits[picks].mean(axis=1), [2.5, 97.5])
    share = float(hits.mean())
    return Figure(suite=suite, name=name, half=half, questions=len(hits), value=share, low=float(low), high=float(high))
