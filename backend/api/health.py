"""Is the process up, and can a question be answered?"""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel

from backend.dependencies import CurrentSnapshot, CurrentTutor
from backend.local_model import State

router = APIRouter(tags=["health"])


class ModelState(BaseModel):
    """Whether explanations can be had. `progress` from 0 to 1 while the model is being fetched."""

    name: str | None
    state: State
    progress: float | None
    reason: str | None


class Readiness(BaseModel):
    ready: bool
    snapshot: str
    counts: dict[str, int]
    model: ModelState


@router.get("/healthz")
def healthz() -> dict[str, str]:
    """The process is up."""
    return {"status": "ok"}


@router.get("/readyz", responses={503: {"description": "No question can be answered yet, with the reason"}})
def readyz(snapshot: CurrentSnapshot, tutor: CurrentTutor) -> Readiness:
    """A question can be answered; says from which snapshot, and whether a model explains."""
    model: Any = tutor.model.status
    return Readiness(
        ready=True,
        snapshot=snapshot.id,
        counts=snapshot.snapshot.manifest.counts,
        model=ModelState(name=model.name, state=model.state, progress=model.progress, reason=model.reason),
    )


@router.get("/metrics", response_class=PlainTextResponse)
def metrics(tutor: CurrentTutor) -> Response:
    """Counters for Prometheus."""
    return Response(tutor.metrics.page(), media_type=CONTENT_TYPE_LATEST)
