"""Rules of the concept graph and the resources (G, R), of what is covered (V), and of the files as such (F, L)."""

import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.lint_drafts import Corpus, Spot
from corpus.lint_registry import rule
from corpus.reader import CONCEPTS_FILE, RESOURCES_FILE

SPELLING_EXCEPTIONS = Path(__file__).with_name("spelling_exceptions.txt")
CODESPELL_LINE = re.compile(r"(?:\./)?(.+?:\d+): (.+ ==> .+)")


@rule("F1")
def files_can_be_read(corpus: Corpus) -> Iterable[Spot]:
    """Every file can be parsed and has the shape that the other rules look at."""
    return corpus.unreadable


@rule("G1")
def ids_are_unique(corpus: Corpus) -> Iterator[Spot]:
    """No two steps, no two concepts and no two resources have the same id."""
    for concept_id in _repeated(concept.id for concept in corpus.concepts):
        yield CONCEPTS_FILE, f"the concept id {concept_id} is used twice"
    for step_id in _repeated(step.id for step in corpus.steps):
        yield CONCEPTS_FILE, f"the step id {step_id} is used twice"
    for resource_id in _repeated(resource.id for resource in corpus.resources):
        yield RESOURCES_FILE, f"the resource id {resource_id} is used twice"


@rule("G2")
def ids_are_kebab_case(corpus: Corpus) -> Iterator[Spot]:
    """Ids are lower-case words and digits joined by hyphens."""
    named = [
        *((CONCEPTS_FILE, step.id) for step in corpus.steps),
        *((CONCEPTS_FILE, concept.id) for concept in corpus.concepts),
        *((RESOURCES_FILE, resource.id) for resource in corpus.resources),
    ]
    for where, name in named:
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
            yield where, f"the id {name!r} is not kebab-case"


@rule("G3")
def prerequisites_come_first(corpus: Corpus) -> Iterator[Spot]:
    """A prerequisite is a known concept that is listed earlier, so there is no cycle."""
    earlier: set[str] = set()
    for concept in corpus.concepts:
        for prerequisite in concept.prerequisites:
            if prerequisite not in earlier:
                problem = "is listed later" if prerequisite in corpus.graph else "is unknown"
                yield CONCEPTS_FILE, f"{concept.id}: the prerequisite {prerequisite} {problem}"
        earlier.add(concept.id)


@rule("G4", level="warning")
def prerequisites_are_direct(corpus: Corpus) -> Iterator[Spot]:
    """A prerequisite is not already implied by another one."""
    for concept in corpus.graph:
        for prerequisite in concept.prerequisites:
            others = [other for other in concept.prerequisites if other != prerequisite]
            if through := [other for other in others if prerequisite in corpus.graph.ancestors(other)]:
                yield CONCEPTS_FILE, f"{concept.id}: {through[0]} already implies {prerequisite}"


@rule("G5")
def terms_name_one_concept(corpus: Corpus) -> Iterator[Spot]:
    """A name, a name in text or an alias belongs to one concept, whatever its case."""
    owners: dict[str, str] = {}
    for concept in corpus.concepts:
        for term in dict.fromkeys(term.lower() for term in concept.terms):
            owner = owners.setdefault(term, concept.id)
            if owner != concept.id:
                yield CONCEPTS_FILE, f"{concept.id}: '{term}' also names {owner}"


@rule("R1")
def resources_name_known_concepts(corpus: Corpus) -> Iterator[Spot]:
    """A resource lists only concepts of the graph."""
    for resource in corpus.resources:
        for concept in resource.concepts:
            if concept not in corpus.graph:
                yield RESOURCES_FILE, f"{resource.id}: there is no concept {concept}"


@rule("R3")
def resources_cover_every_note(corpus: Corpus) -> Iterator[Spot]:
    """Every concept that has a note is named by at least one resource."""
    covered = {concept for resource in corpus.resources for concept in resource.concepts}
    for concept in corpus.notes:
        if concept in corpus.graph and concept not in covered:
            yield RESOURCES_FILE, f"no resource names {concept}"


@rule("V1")
def notes_and_quizzes_come_in_pairs(corpus: Corpus) -> Iterator[Spot]:
    """A note has a quiz, and a quiz has a note."""
    quizzes = {quiz.stem: quiz.where for quiz in corpus.quizzes}
    for concept, note in corpus.notes.items():
        if concept not in quizzes:
            yield note.where, f"there is no quizzes/{note.folder}/{concept}.yaml"
    for concept, where in quizzes.items():
        if concept not in corpus.notes:
            yield where, f"there is no note on {concept}"


@rule("V2")
def concepts_have_notes(corpus: Corpus) -> Iterator[Spot]:
    """Every concept has a note."""
    missing = [concept.id for concept in corpus.concepts if concept.id not in corpus.notes]
    if missing:
        yield "notes", f"{len(missing)} of {len(corpus.concepts)} concepts have no note: {_first_five(missing)}"


@rule("V3")
def resources_have_summaries(corpus: Corpus) -> Iterator[Spot]:
    """Every resource has a summary."""
    summarised = {page.stem for page in corpus.pages_of("resource")}
    missing = [resource.id for resource in corpus.resources if resource.id not in summarised]
    if missing:
        total = len(corpus.resources)
        yield "resources", f"{len(missing)} of {total} resources have no summary: {_first_five(missing)}"


@rule("L1")
def words_are_spelled_right(corpus: Corpus) -> Iterator[Spot]:
    """Codespell finds no misspelling in Markdown and YAML, but for those in spelling_exceptions.txt.

    Learners misspell, so what they ask is left out.
    """
    program = find_codespell()
    if program is None:
        yield ".", "codespell is not installed: run `pip install codespell`, or install the project with its dev extra"
        return
    paths = [path for suffix in ("md", "yaml") for path in corpus.folder.rglob(f"*.{suffix}")]
    files = sorted(path.relative_to(corpus.folder).as_posix() for path in paths)
    files = [file for file in files if not file.startswith("asked/")]
    command = [program, "--ignore-words", str(SPELLING_EXCEPTIONS), *files]
    run = subprocess.run(command, cwd=corpus.folder, capture_output=True, encoding="utf-8")
    for line in run.stdout.splitlines():
        if match := CODESPELL_LINE.match(line):
            yield match[1], match[2]


def find_codespell() -> str | None:
    """The program of this Python's environment, or else the one on the path."""
    return shutil.which("codespell", path=Path(sys.executable).parent) or shutil.which("codespell")


def _repeated(ids: Iterable[str]) -> list[str]:
    return [one for one, count in Counter(ids).items() if count > 1]


def _first_five(ids: list[str]) -> str:
    return ", ".join(ids[:5]) + (", ..." if len(ids) > 5 else "")
