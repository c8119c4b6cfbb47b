"""A question in, an answer or a stream of events out."""

import logging
from collections.abc import AsyncIterator

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from backend.dependencies import CurrentTutor
from backend.errors import TutorError
from backend.tutoring.answer import Answer, Failed, Question, event_data
from backend.tutoring.turn import Turn

router = APIRouter(tags=["ask"])
logger = logging.getLogger(__name__)

EVENT_STREAM = "text/event-stream"


@router.post("/ask", response_model=Answer, responses={200: {"content": {EVENT_STREAM: {}}}})
async def ask(question: Question, request: Request, tutor: CurrentTutor) -> Response | Answer:
    """Ask the tutor. With `Accept: text/event-stream` the answer comes in pieces as it is made."""
    turn = await tutor.begin(question)
    if EVENT_STREAM not in request.headers.get("accept", ""):
        return await turn.answer()
    return StreamingResponse(_stream(turn), media_type=EVENT_STREAM, headers={"cache-control": "no-store"})


async def _stream(turn: Turn) -> AsyncIterator[str]:
    try:
        async for event in turn.events():
            yield f"event: {event.event}\ndata: {event_data(event)}\n\n"
    # The status line is long gone: whatever went wrong must still reach the reader as an event.
    except Exception:
        logger.exception("the stream broke")
        problem = TutorError("Something went wrong while the answer was made: ask again.").problem()
        yield f"event: error\ndata: {event_data(Failed(problem=problem))}\n\n"
