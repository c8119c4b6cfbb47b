"""The exact words behind a citation, also of snapshots that are no longer served."""

from fastapi import APIRouter
from pydantic import BaseModel

from backend.dependencies import CurrentStore
from backend.errors import NotFound
from backend.tutoring.answer import Kind, Locator
from ingest.passages import Passage
from ingest.snapshots import SnapshotStore, UnknownSnapshot

router = APIRouter(tags=["passages"])


class PassageView(BaseModel):
    """A passage; `sha256` is the hash of its `text`."""

    snapshot: str
    passage_id: str
    document: str
    kind: Kind
    title: str
    heading: str
    step: int | None
    concept: str | None
    url: str
    locator: Locator
    text: str
    sha256: str


@router.get("/passages/{snapshot}/{passage_id}")
def passage(snapshot: str, passage_id: str, store: CurrentStore) -> PassageView:
    """A passage of a snapshot: its text and where it stands."""
    found = find_passage(store, snapshot, passage_id)
    return PassageView(
        snapshot=snapshot,
        passage_id=found.id,
        document=found.document,
        kind=found.kind,
        title=found.title,
        heading=found.heading,
        step=found.step,
        concept=found.concept,
        url=f"/notes/{found.document}?snapshot={snapshot}#{found.anchor}",
        locator=Locator(path=found.path, anchor=found.anchor, lines=found.lines),
        text=found.text,
        sha256=found.sha256,
    )


def find_passage(store: SnapshotStore, snapshot: str, passage_id: str) -> Passage:
    """A passage of any snapshot that is still here.

    Raises:
        NotFound: There is no such snapshot, or no such passage in it.
    """
    try:
        passages = store.get(snapshot).passages
    except UnknownSnapshot as error:
        raise NotFound(str(error)) from error
    if passage_id not in passages:
        raise NotFound(f"Snapshot {snapshot} has no passage {passage_id!r}.")
    return passages[passage_id].passage
