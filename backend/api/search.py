"""Passages for a query, without an answer."""

import asyncio

from fastapi import APIRouter
from pydantic import BaseModel, Field

from backend.dependencies import CurrentTutor
from backend.tutoring.answer import Kind, Source, Words
from backend.tutoring.turn import find_passages

router = APIRouter(tags=["search"])


class Search(BaseModel):
    query: Words
    limit: int = Field(default=8, ge=1, le=50)
    step: int | None = None
    kinds: list[Kind] | None = None


class FoundPassage(Source):
    """A passage as a source that spans all of it."""

    text: str


class SearchResult(BaseModel):
    passages: list[FoundPassage]


@router.post("/search")
async def search(query: Search, tutor: CurrentTutor) -> SearchResult:
    """The passages nearest to a query, best first."""
    found = await asyncio.to_thread(find_passages, tutor, query.query, query.limit, query.step, query.kinds)
    return SearchResult(passages=[FoundPassage(**source.model_dump(), text=source.quote) for source in found])
