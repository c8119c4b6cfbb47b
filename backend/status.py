"""What is served, what the corpus holds, and which model explains, for `stepwise status`."""

from pydantic import BaseModel

from backend.model_files import QWEN_CODER
from backend.settings import BackendSettings
from corpus.reader import read_concept_graph, read_quizzes, read_resources
from ingest.settings import IngestSettings
from ingest.snapshots import NoSnapshot, SnapshotStore


class Coverage(BaseModel):
    """How much of what there should be is written."""

    notes: int
    concepts: int
    resource_summaries: int
    resources: int
    path_notes: int
    quiz_items: int
    exercises: int


class Status(BaseModel):
    home: str
    corpus: str
    snapshot: str | None
    created: str | None
    counts: dict[str, int]
    snapshots: list[str]
    coverage: Coverage
    model: str
    model_file: str | None

    def as_text(self) -> str:
        """The report for people."""
        has = self.coverage
        served = f"{self.snapshot}, made {self.created}" if self.snapshot else "none: run `stepwise refresh`"
        counts = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in self.counts.items())
        lines = [
            f"snapshot   {served}",
            f"           {counts}" if counts else "",
            f"corpus     {self.corpus}",
            f"           {has.notes} of {has.concepts} notes, {has.resource_summaries} of {has.resources} resources, "
            f"{has.path_notes} path notes, {has.quiz_items} quiz items, {has.exercises} exercises",
            f"model      {self.model}" + (f", {self.model_file}" if self.model_file else ""),
            f"home       {self.home}",
        ]
        return "\n".join(line for line in lines if line)


def status_of(settings: BackendSettings, ingest: IngestSettings) -> Status:
    """The state of everything, without loading any model."""
    store = SnapshotStore(ingest.home)
    try:
        manifest = store.current().manifest
    except NoSnapshot:
        manifest = None
    file = settings.model_file or ingest.home / "models" / QWEN_CODER.name
    local = (str(file) if file.exists() else "not here: `stepwise model pull`") if settings.model == "local" else None
    return Status(
        home=str(ingest.home),
        corpus=str(ingest.corpus),
        snapshot=manifest.id if manifest else None,
        created=manifest.created.isoformat(timespec="seconds") if manifest else None,
        counts=manifest.counts if manifest else {},
        snapshots=store.ids(),
        coverage=_coverage(ingest),
        model=settings.model,
        model_file=local,
    )


def _coverage(ingest: IngestSettings) -> Coverage:
    folder = ingest.corpus
    concepts = {concept.id for concept in read_concept_graph(folder)}
    notes = {path.stem for path in (folder / "notes").rglob("*.md")}
    return Coverage(
        notes=len(notes & concepts),
        concepts=len(concepts),
        resource_summaries=len(list((folder / "resources").glob("*.md"))),
        resources=len(read_resources(folder)),
        path_notes=len(notes - concepts),
        quiz_items=sum(map(len, read_quizzes(folder).values())),
        exercises=len(list((folder / "exercises").rglob("task.md"))),
    )
