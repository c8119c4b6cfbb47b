"""The shapes of a question, an answer and the events of a stream: the contract with page, editors and programs."""

from typing import Annotated, Any, Literal
from uuid import uuid4

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

Intent = Literal["question", "exercise", "resource", "plan", "smalltalk"]
Status = Literal["answered", "partial", "not_covered"]
Mode = Literal["auto", "quote", "explain", "hint"]
Origin = Literal["quote", "model", "general"]
Kind = Literal["note", "resource", "document"]

MAX_QUESTION_CHARACTERS = 20_000


def _without_halves(text: str) -> str:
    """JSON can hold half a character (a lone surrogate), which can be neither embedded nor stored nor sent back."""
    return text.encode(errors="replace").decode()


Words = Annotated[str, AfterValidator(_without_halves)]


class Message(BaseModel):
    """One message of a conversation that the caller keeps itself."""

    model_config = ConfigDict(extra="ignore")

    role: Literal["user", "assistant"]
    content: Words


class Question(BaseModel):
    """What is asked. `history` ends before the question and is for callers without a conversation."""

    question: Words = Field(examples=["How do I filter a list in one line?"])
    conversation_id: Words | None = Field(default=None, max_length=64)
    learner_id: Words | None = Field(default=None, max_length=64)
    step: int | None = Field(default=None, description="The step the learner is working on")
    mode: Mode = "auto"
    history: list[Message] = Field(default_factory=list, max_length=200)


class StepGuess(BaseModel):
    """The step a question belongs to; `confidence` from 0 to 1."""

    number: int
    id: str
    title: str
    confidence: float


class ConceptScore(BaseModel):
    id: str
    name: str
    score: float


class ConceptName(BaseModel):
    id: str
    name: str


class Prerequisite(BaseModel):
    id: str
    name: str
    state: Literal["unseen", "seen", "mastered"] = "unseen"


class Locator(BaseModel):
    """Where a span stands: file, anchor and lines; page and time are for documents that have them."""

    path: str
    anchor: str
    lines: tuple[int, int]
    page: int | None = None
    time: float | None = None


class Source(BaseModel):
    """One cited span: `quote` is `text[start:end]` of the passage, and `sha256` is the hash of `quote`."""

    n: int
    passage_id: str
    kind: Kind
    title: str
    heading: str
    step: int | None
    concept: str | None
    url: str
    locator: Locator
    quote: str
    start: int
    end: int
    sha256: str
    score: float


class Sentence(BaseModel):
    """One sentence of the answer. `citations` are numbers of sources; only `general` sentences have none."""

    text: str
    origin: Origin
    citations: list[int]
    support: float


class Answer(BaseModel):
    """The result of one turn.

    With `not_covered`, sources and concepts are empty, step is null, and `nearest` names what is covered.
    """

    id: str = Field(default_factory=lambda: f"ans_{uuid4().hex[:20]}")
    conversation_id: str
    snapshot: str
    question: str
    standalone_question: str
    intent: Intent = "question"
    status: Status
    engine: str = "quote"
    degraded: str | None = None
    step: StepGuess | None = None
    concepts: list[ConceptScore] = Field(default_factory=list)
    prerequisites: list[Prerequisite] = Field(default_factory=list)
    sentences: list[Sentence] = Field(default_factory=list)
    answer: str = ""
    sources: list[Source] = Field(default_factory=list)
    nearest: list[ConceptName] = Field(default_factory=list)
    follow_ups: list[str] = Field(default_factory=list)
    timings_ms: dict[str, float] = Field(default_factory=dict)


class Understood(BaseModel):
    event: Literal["understood"] = "understood"
    step: StepGuess | None
    concepts: list[ConceptScore]
    standalone_question: str


class Sources(BaseModel):
    event: Literal["sources"] = "sources"
    sources: list[Source]


class Quote(BaseModel):
    event: Literal["quote"] = "quote"
    sentence: Sentence


class Token(BaseModel):
    """The next piece of the explanation's Markdown. It is sent only once its sentence has been checked."""

    event: Literal["token"] = "token"
    text: str


class SentenceReady(BaseModel):
    event: Literal["sentence"] = "sentence"
    sentence: Sentence


class Notice(BaseModel):
    event: Literal["notice"] = "notice"
    message: str


class Done(BaseModel):
    event: Literal["done"] = "done"
    answer: Answer


class Failed(BaseModel):
    event: Literal["error"] = "error"
    problem: dict[str, Any]


Event = Understood | Sources | Quote | Token | SentenceReady | Notice | Done | Failed


def event_data(event: Event) -> str:
    """The JSON that follows `data:` in the stream."""
    if isinstance(event, Done):
        return event.answer.model_dump_json()
    if isinstance(event, Failed):
        return event.model_copy().model_dump_json(include={"problem"})
    return event.model_dump_json(exclude={"event"})
