"""The OpenAI-compatible face: `/v1/models` and `/v1/chat/completions`, streamed and whole.

Knows what clients of this protocol send and expect: the last user message is the question, earlier ones are history,
system prompts and tools are accepted and left alone. Sources come as annotations and, since most clients show only
text, as a list at the end (`stepwise`) or not (`stepwise-plain`).
"""

import json
import logging
import time
from collections.abc import AsyncIterator, Sequence
from typing import Any, Literal
from uuid import uuid4

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from backend.dependencies import CurrentSettings, CurrentTutor
from backend.errors import BadRequest, NotFound
from backend.tutoring.answer import Answer, Done, Message, Notice, Question, Quote, Source, Sources, Token
from backend.tutoring.compose import quote_piece
from backend.tutoring.turn import Turn

router = APIRouter(prefix="/v1", tags=["editors"])
logger = logging.getLogger(__name__)

MODELS = ("stepwise", "stepwise-plain")
_BROKEN = "Something went wrong while the answer was made: ask again."


class ChatMessage(BaseModel):
    """A message as clients send it: text, or parts of which some are text."""

    model_config = ConfigDict(extra="ignore")

    role: str
    content: str | list[dict[str, Any]] | None = None

    @property
    def text(self) -> str:
        if isinstance(self.content, list):
            return "\n".join(str(part.get("text", "")) for part in self.content if part.get("type") == "text")
        return self.content or ""


class ChatRequest(BaseModel):
    """A chat completion request; whatever else a client sends is accepted and has no effect."""

    model_config = ConfigDict(extra="ignore")

    model: str = MODELS[0]
    messages: list[ChatMessage] = Field(min_length=1)
    stream: bool = False
    stream_options: dict[str, Any] | None = None


@router.get("/models")
def models() -> dict[str, Any]:
    """The names a client can choose from."""
    return {"object": "list", "data": [_model(name) for name in MODELS]}


@router.get("/models/{name}")
def model(name: str) -> dict[str, Any]:
    """One of them."""
    _check_model(name)
    return _model(name)


@router.post("/chat/completions", response_model=None)
async def chat_completions(
    body: ChatRequest, request: Request, tutor: CurrentTutor, settings: CurrentSettings
) -> Response:
    """Answer the last user message."""
    _check_model(body.model)
    turn = await tutor.begin(_question(body.messages))
    base = settings.public_url or str(request.base_url)
    face = _Face(body.model, base.rstrip("/"))
    if body.stream:
        wants_usage = bool((body.stream_options or {}).get("include_usage"))
        return StreamingResponse(face.stream(turn, wants_usage), media_type="text/event-stream")
    return JSONResponse(face.completion(await turn.answer()))


class _Face:
    """One answer in this protocol's shapes."""

    def __init__(self, model: str, base: str) -> None:
        self.model = model
        self.base = base
        self.id = f"chatcmpl-{uuid4().hex}"
        self.created = int(time.time())

    def completion(self, answer: Answer) -> dict[str, Any]:
        text = answer.answer + (f"\n\n{self._notice(answer.degraded)}" if answer.degraded else "")
        content = text + self._source_list(answer.sources)
        message = {"role": "assistant", "content": content, "annotations": self._annotations(content, answer)}
        return {
            "id": self.id,
            "object": "chat.completion",
            "created": self.created,
            "model": self.model,
            "choices": [{"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}],
            "usage": _usage(answer.question, content),
        }

    async def stream(self, turn: Turn, wants_usage: bool) -> AsyncIterator[str]:
        yield self._chunk({"role": "assistant", "content": ""})
        try:
            async for chunk in self._chunks(turn, wants_usage):
                yield chunk
        # The status line is long gone: whatever went wrong must still reach the reader, and the stream must end.
        except Exception:
            logger.exception("the stream broke")
            yield self._chunk({"content": f"\n\n{self._notice(_BROKEN)}"})
            yield self._chunk({}, finish="stop")
        yield "data: [DONE]\n\n"

    async def _chunks(self, turn: Turn, wants_usage: bool) -> AsyncIterator[str]:
        content = ""
        sources: list[Source] = []
        last: Source | None = None
        async for event in turn.events():
            piece = ""
            match event:
                case Sources():
                    sources = event.sources
                case Quote():
                    source = sources[event.sentence.citations[0] - 1]
                    piece = quote_piece(event.sentence, source, last)
                    last = source
                case Token():
                    piece = event.text
                case Notice():
                    piece = f"\n\n{self._notice(event.message)}"
                case Done():
                    tail = "" if content else event.answer.answer
                    tail += self._source_list(event.answer.sources)
                    content += tail
                    annotations = self._annotations(content, event.answer)
                    yield self._chunk({"content": tail, "annotations": annotations})
                    yield self._chunk({}, finish="stop")
                    if wants_usage:
                        yield self._chunk(None, usage=_usage(event.answer.question, content))
            if piece:
                content += piece
                yield self._chunk({"content": piece})

    def _chunk(
        self, delta: dict[str, Any] | None, finish: Literal["stop"] | None = None, usage: dict[str, int] | None = None
    ) -> str:
        choices = [] if delta is None else [{"index": 0, "delta": delta, "finish_reason": finish}]
        chunk = {
            "id": self.id,
            "object": "chat.completion.chunk",
            "created": self.created,
            "model": self.model,
            "choices": choices,
        }
        if usage is not None:
            chunk["usage"] = usage
        return f"data: {json.dumps(chunk)}\n\n"

    def _source_list(self, sources: Sequence[Source]) -> str:
        if self.model == "stepwise-plain" or not sources:
            return ""
        lines = [f"[{source.n}] [{source.title}: {source.heading}]({self.base}{source.url})" for source in sources]
        return "\n\n**Sources**\n\n" + "\n\n".join(lines)

    def _annotations(self, content: str, answer: Answer) -> list[dict[str, Any]]:
        """Where the first mark of each source stands: behind its sentence, since code can hold `[1]` too."""
        annotations: dict[int, dict[str, Any]] = {}
        place = 0
        for sentence in answer.sentences:
            place = content.index(sentence.text, place) + len(sentence.text)
            for number in sentence.citations:
                mark = f"[{number}]"
                place = content.index(mark, place)
                source = answer.sources[number - 1]
                citation = {
                    "start_index": place,
                    "end_index": place + len(mark),
                    "url": self.base + source.url,
                    "title": f"{source.title}: {source.heading}",
                }
                annotations.setdefault(number, {"type": "url_citation", "url_citation": citation})
        return list(annotations.values())

    @staticmethod
    def _notice(message: str) -> str:
        return f"*{message}*"


def _question(messages: Sequence[ChatMessage]) -> Question:
    said = [(message.role, message.text) for message in messages if message.role in ("user", "assistant")]
    last = max((position for position, (role, _) in enumerate(said) if role == "user"), default=None)
    if last is None:
        raise BadRequest("There is no user message to answer.")
    history = [Message.model_validate({"role": role, "content": text}) for role, text in said[:last]]
    return Question(question=said[last][1], history=history[-20:])


def _check_model(name: str) -> None:
    if name not in MODELS:
        raise NotFound(f"There is no model {name!r} here: choose {' or '.join(MODELS)}.")


def _model(name: str) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": 0, "owned_by": "stepwise"}


def _usage(question: str, answer: str) -> dict[str, int]:
    """Words, not tokens: no tokenizer is at work when notes are quoted."""
    prompt, completion = len(question.split()), len(answer.split())
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}
