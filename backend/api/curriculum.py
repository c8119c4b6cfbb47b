"""The six steps, their concepts and resources, from the snapshot that is served."""

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel

from backend.dependencies import CurrentSnapshot
from backend.errors import NotFound
from corpus.concept_graph import ConceptGraph
from corpus.content import Concept, Document, Resource
from ingest.snapshots import Snapshot

router = APIRouter(tags=["curriculum"])


class ConceptLink(BaseModel):
    id: str
    name: str
    step: int


class ConceptBrief(BaseModel):
    id: str
    name: str
    aliases: list[str]
    prerequisites: list[str]
    depth: Literal["core", "further"]
    summary: str | None
    has_note: bool


class StepView(BaseModel):
    number: int
    id: str
    title: str
    overview: str | None
    concepts: list[ConceptBrief]
    resources: list[str]


class CurriculumView(BaseModel):
    snapshot: str
    steps: list[StepView]


class SectionView(BaseModel):
    heading: str
    anchor: str
    text: str


class ConceptView(BaseModel):
    id: str
    name: str
    step: int
    aliases: list[str]
    depth: Literal["core", "further"]
    summary: str | None
    prerequisites: list[ConceptLink]
    leads_to: list[ConceptLink]
    resources: list[str]
    url: str | None
    sections: list[SectionView]


class ResourceView(BaseModel):
    id: str
    title: str
    author: str
    steps: list[int]
    link: str
    format: str
    cost: str | None
    status: str | None
    checked: str
    concepts: list[ConceptLink]
    summary: str | None
    url: str | None
    sections: list[SectionView]


@router.get("/curriculum")
def curriculum(snapshot: CurrentSnapshot) -> CurriculumView:
    """All steps with their concepts in study order."""
    content = snapshot.snapshot
    steps = [
        StepView(
            number=step.number,
            id=step.id,
            title=step.title,
            overview=_overview_url(content, step.number),
            concepts=[_brief(concept, content) for concept in content.graph.of_step(step.number)],
            resources=[resource.id for resource in content.resources.values() if step.number in resource.steps],
        )
        for step in content.graph.steps
    ]
    return CurriculumView(snapshot=content.id, steps=steps)


@router.get("/concepts/{concept_id}")
def concept(concept_id: str, snapshot: CurrentSnapshot) -> ConceptView:
    """One concept: what comes before and after it, and its note."""
    content = snapshot.snapshot
    if concept_id not in content.graph:
        raise NotFound(f"There is no concept {concept_id!r}: GET /api/v1/curriculum lists them all.")
    found = content.graph[concept_id]
    note = content.documents.get(concept_id)
    return ConceptView(
        id=found.id,
        name=found.name,
        step=found.step,
        aliases=list(found.aliases),
        depth=found.depth,
        summary=note.summary if note else None,
        prerequisites=_links(found.prerequisites, content.graph),
        leads_to=_links([other.id for other in content.graph.after(found.id)], content.graph),
        resources=[resource.id for resource in content.resources.values() if found.id in resource.concepts],
        url=f"/notes/{found.id}" if note else None,
        sections=_sections(note),
    )


@router.get("/resources/{resource_id}")
def resource(resource_id: str, snapshot: CurrentSnapshot) -> ResourceView:
    """One course, book or site, with our summary of it."""
    content = snapshot.snapshot
    if resource_id not in content.resources:
        raise NotFound(f"There is no resource {resource_id!r}: GET /api/v1/curriculum lists them all.")
    return _resource_view(content.resources[resource_id], content)


def _resource_view(found: Resource, content: Snapshot) -> ResourceView:
    summary = content.documents.get(found.id)
    return ResourceView(
        id=found.id,
        title=found.title,
        author=found.author,
        steps=list(found.steps),
        link=found.url,
        format=found.format,
        cost=found.cost,
        status=found.status,
        checked=found.checked,
        concepts=_links(found.concepts, content.graph),
        summary=summary.summary if summary else None,
        url=f"/notes/{found.id}" if summary else None,
        sections=_sections(summary),
    )


def _brief(concept: Concept, content: Snapshot) -> ConceptBrief:
    note = content.documents.get(concept.id)
    return ConceptBrief(
        id=concept.id,
        name=concept.name,
        aliases=list(concept.aliases),
        prerequisites=list(concept.prerequisites),
        depth=concept.depth,
        summary=note.summary if note else None,
        has_note=note is not None,
    )


def _overview_url(content: Snapshot, step: int) -> str | None:
    overview = f"step-{step}-overview"
    return f"/notes/{overview}" if overview in content.documents else None


def _links(ids: tuple[str, ...] | list[str], graph: ConceptGraph) -> list[ConceptLink]:
    return [ConceptLink(id=id_, name=graph[id_].name, step=graph[id_].step) for id_ in ids]


def _sections(document: Document | None) -> list[SectionView]:
    if document is None:
        return []
    return [
        SectionView(
            heading=section.heading, anchor=section.anchor, text=document.text[section.start : section.end].strip()
        )
        for section in document.sections
    ]
