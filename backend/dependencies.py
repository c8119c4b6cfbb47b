"""What the app holds while it runs, and how a route asks for it."""

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request

from backend.settings import BackendSettings
from backend.tutoring.turn import Tutor
from ingest.snapshots import OpenSnapshot, SnapshotStore


@dataclass(frozen=True)
class Running:
    """Made once by the lifespan of the app."""

    settings: BackendSettings
    tutor: Tutor
    store: SnapshotStore


def _running(request: Request) -> Running:
    return cast(Running, request.app.state.running)


def _tutor(request: Request) -> Tutor:
    return _running(request).tutor


def _store(request: Request) -> SnapshotStore:
    return _running(request).store


def _settings(request: Request) -> BackendSettings:
    return _running(request).settings


def _snapshot(request: Request) -> OpenSnapshot:
    return _tutor(request).served.current()


CurrentTutor = Annotated[Tutor, Depends(_tutor)]
CurrentStore = Annotated[SnapshotStore, Depends(_store)]
CurrentSettings = Annotated[BackendSettings, Depends(_settings)]
CurrentSnapshot = Annotated[OpenSnapshot, Depends(_snapshot)]
