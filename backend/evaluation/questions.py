"""Files of questions with known answers.

Knows the shapes of a line, and which half of the questions may be used to choose a weight. Does not ask them.
"""

import re
from hashlib import sha256
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ValidationError, field_validator

from backend.errors import BadRequest

Half = Literal["tune", "report"]


class Nugget(BaseModel):
    """A vital fact: it is in an answer if any of the regular expressions is found there, upper or lower case."""

    text: str
    any_of: list[str]

    @field_validator("any_of")
    @classmethod
    def _compiles(cls, patterns: list[str]) -> list[str]:
        for pattern in patterns:
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"{pattern!r} is no regular expression ({error})") from error
        return patterns

    def is_in(self, text: str) -> bool:
        return any(re.search(pattern, text, re.IGNORECASE) for pattern in self.any_of)


class LabelledQuestion(BaseModel):
    """A line of a file of questions.

    `step` and `concepts` (best first) if the notes answer it, else `kind`. A conversation has `turns` instead of a
    question; its last turn is the question, and `standalone` says it in full.
    """

    id: str
    question: str = ""
    step: int | None = None
    concepts: list[str] = []
    kind: str | None = None
    nuggets: list[Nugget] = []
    turns: list[str] = []
    standalone: str | None = None

    @property
    def half(self) -> Half:
        """The half it belongs to, for good: weights may be chosen on one half, and the other only reports."""
        return "tune" if int(sha256(self.id.encode()).hexdigest(), 16) % 2 == 0 else "report"


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
            question = LabelledQuestion.model_validate_json(line)
        except ValidationError as error:
            what = error.errors()[0]
            field = ".".join(map(str, what["loc"])) or "line"
            raise BadRequest(f"{path}, line {number}: {field}: {what['msg']}.") from error
        if not question.question and not question.turns:
            raise BadRequest(f"{path}, line {number}: question: Field required.")
        questions.append(question)
    return questions
