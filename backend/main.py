"""The app: what it holds while it runs, its routes, and how its errors look."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from uuid import uuid4

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from backend.api import ask, curriculum, health, notes, passages, search
from backend.dependencies import Running
from backend.editors import openai
from backend.errors import TutorError
from backend.language_model import Deadlines, LanguageModel, language_model
from backend.learners.conversations import Conversations
from backend.learners.database import Database
from backend.metrics import Metrics
from backend.served import ServedSnapshot
from backend.settings import BackendSettings, backend_settings
from backend.tutoring.turn import Tutor
from ingest.embedding import Embedding
from ingest.settings import IngestSettings, ingest_settings
from ingest.snapshots import SnapshotStore

logger = logging.getLogger(__name__)

_MAX_BODY = 4 * 2**20
_REQUEST_ID = "x-request-id"


def create_app(
    settings: BackendSettings | None = None,
    ingest: IngestSettings | None = None,
    *,
    embedding: Embedding | None = None,
    model: LanguageModel | None = None,
) -> FastAPI:
    """The app for these settings; tests hand in their own embedding or model."""
    settings = settings or backend_settings()
    ingest = ingest or ingest_settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with create_tutor(settings, ingest, embedding=embedding, model=model) as tutor:
            await asyncio.to_thread(tutor.embedding.embed_one, "ready")  # The weights load before the port opens.
            app.state.running = Running(settings, tutor, tutor.served.store)
            yield

    app = FastAPI(
        title="Stepwise",
        summary="A tutor for people who learn machine learning by themselves",
        lifespan=lifespan,
        max_body_size=_MAX_BODY,
    )
    app.include_router(health.router)
    for router in (ask.router, search.router, curriculum.router, passages.router):
        app.include_router(router, prefix="/api/v1")
    app.include_router(notes.router)
    app.include_router(openai.router)
    app.middleware("http")(_with_request_id)
    app.add_exception_handler(TutorError, _on_tutor_error)
    app.add_exception_handler(RequestValidationError, _on_invalid_request)
    app.add_exception_handler(HTTPException, _on_http_error)
    app.add_exception_handler(Exception, _on_unknown_error)
    return app


@contextmanager
def create_tutor(
    settings: BackendSettings,
    ingest: IngestSettings,
    *,
    embedding: Embedding | None = None,
    model: LanguageModel | None = None,
) -> Iterator[Tutor]:
    """All that answers questions, without HTTP; a local model begins to load."""
    embedding = embedding or Embedding(cache=ingest.home / "models")
    database = Database.at(settings.database_url, ingest.home)
    database.upgrade()
    try:
        yield Tutor(
            served=ServedSnapshot(SnapshotStore(ingest.home), embedding),
            embedding=embedding,
            model=model or language_model(settings, ingest.home),
            conversations=Conversations(database),
            deadlines=Deadlines(settings.first_token_seconds, settings.silence_seconds, settings.explanation_seconds),
            metrics=Metrics(),
        )
    finally:
        database.close()


async def _with_request_id(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    request.state.id = request.headers.get(_REQUEST_ID, "")[:64] or uuid4().hex
    response = await call_next(request)
    response.headers[_REQUEST_ID] = request.state.id
    return response


async def _on_tutor_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, TutorError)
    return _problem(request, error.problem())


async def _on_invalid_request(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"] if part != "body") or "body"
    detail = f"The request is not well formed: {where}: {first['msg']}. See /docs for its shape."
    return _problem(
        request, {"type": "urn:stepwise:invalid-request", "title": "Invalid request", "status": 422, "detail": detail}
    )


async def _on_http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    detail = f"There is nothing at {request.url.path}: see /docs." if error.status_code == 404 else str(error.detail)
    problem = {"type": "about:blank", "title": str(error.detail), "status": error.status_code, "detail": detail}
    return _problem(request, problem, error.headers)


async def _on_unknown_error(request: Request, error: Exception) -> Response:
    logger.error("unexpected error at %s", request.url.path, exc_info=error)
    problem = TutorError("Something went wrong here: ask again, and report it if it stays.").problem()
    return _problem(request, problem, {_REQUEST_ID: request.state.id})  # The middleware never sees this response.


def _problem(request: Request, problem: dict[str, object], headers: object = None) -> Response:
    """The error in the shape that the caller's protocol expects."""
    status = int(str(problem["status"]))
    extra = dict(headers) if isinstance(headers, dict) else {}
    if request.url.path.startswith("/v1/"):
        kind = "invalid_request_error" if status < 500 else "server_error"
        error = {"message": problem["detail"], "type": kind, "param": None, "code": problem["type"]}
        return JSONResponse({"error": error}, status, headers=extra)
    return JSONResponse(problem, status, headers=extra, media_type="application/problem+json")
