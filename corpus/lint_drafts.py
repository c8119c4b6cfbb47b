"""Reads the corpus folder for the linter: every file as its author left it, right or wrong.

Knows the layout of the folder. Does not judge: a value may be missing or of the wrong kind, and the rules say so. Only
a file without the shape that any rule could look at is left out, and noted as unreadable. `corpus.reader`, in
contrast, reads a corpus that is known to be right.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, TypeVar

import yaml

from corpus.concept_graph import ConceptGraph
from corpus.content import Concept, Step
from corpus.lint_code import Outcome, Script
from corpus.lint_prose import (
    Fence,
    Heading,
    headings_and_fences,
    line_of,
    prose,
    without_fences,
    without_inline_code,
    without_maths,
)
from corpus.reader import CONCEPTS_FILE, RESOURCES_FILE, CorpusError, asked_page

PageKind = Literal["note", "path", "resource"]
Spot = tuple[str, str]
"""Where something is wrong (a file of the corpus, often with a line), and what."""

T = TypeVar("T")
FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---[ \t]*\n", re.DOTALL)
TESTS_FILE = "test_exercise.py"
RUN_TESTS = f"""
import pytest
print(int(pytest.main(["-q", "-x", "-p", "no:cacheprovider", "{TESTS_FILE}"])))
"""


@dataclass(frozen=True)
class ResourceEntry:
    """What `resources.yaml` says of a resource, as far as the linter looks."""

    id: str
    concepts: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Page:
    """A note, a path note or a resource summary. Lines count from 0 below the front matter."""

    kind: PageKind
    where: str
    stem: str
    folder: str
    meta: dict[str, Any]
    first_line: int
    body: str
    headings: tuple[Heading, ...]
    fences: tuple[Fence, ...]
    outside_fences: str
    prose: str

    def at(self, line: int) -> str:
        return f"{self.where}:{self.first_line + line}"

    def find(self, pattern: re.Pattern[str], text: str) -> Iterator[tuple[str, re.Match[str]]]:
        """Where a pattern matches in one of the texts of this page."""
        for match in pattern.finditer(text):
            yield self.at(line_of(text, match.start())), match

    @cached_property
    def outside_code(self) -> str:
        return without_inline_code(self.outside_fences)

    @cached_property
    def plain_words(self) -> str:
        """Neither code nor formulas."""
        return without_maths(self.outside_code)

    @cached_property
    def links(self) -> list[tuple[str, str]]:
        """Where this page links, and to what."""
        pattern = re.compile(r"\[\[([A-Za-z][^\[\]]*)\]\]")
        return [(where, match[1]) for where, match in self.find(pattern, self.plain_words)]

    @cached_property
    def linked(self) -> set[str]:
        return {concept for _, concept in self.links}

    @property
    def sections(self) -> list[tuple[Heading, str]]:
        """Each `##` heading and the prose below it."""
        return self._cut(lambda heading: heading.level == 2)

    @property
    def parts(self) -> list[tuple[Heading, str]]:
        """Each `##` or `###` heading and the prose between it and the next heading."""
        return [(heading, text) for heading, text in self._cut(lambda _: True) if heading.level in (2, 3)]

    @property
    def named_parts(self) -> list[tuple[Heading, str]]:
        """The misconceptions of a note or the doubts of a path note: its `###` headings and the prose below."""
        return [(heading, text) for heading, text in self.parts if heading.level == 3]

    @property
    def anchors(self) -> list[str]:
        return [heading.anchor for heading, _ in self.named_parts if heading.anchor]

    def values(self, key: str) -> list[Any]:
        """A list of the front matter, empty where there is none."""
        found = self.meta.get(key)
        return found if isinstance(found, list) else []

    @cached_property
    def script(self) -> Script | None:
        """The Python blocks of a note, which run as one."""
        infos = ((fence.info.split(), fence.text) for fence in self.fences)
        blocks = [text for info, text in infos if info[:1] == ["python"] and "no-run" not in info]
        return Script("\n".join(blocks)) if blocks and self.kind == "note" else None

    @property
    def stated_output(self) -> str:
        return "\n".join(fence.text.strip() for fence in self.fences if fence.info == "text output")

    def _cut(self, is_border: Callable[[Heading], bool]) -> list[tuple[Heading, str]]:
        lines = self.prose.split("\n")
        borders = [heading for heading in self.headings if is_border(heading)]
        ends = [*(heading.line for heading in borders[1:]), len(lines)]
        return [(heading, "\n".join(lines[heading.line + 1 : end])) for heading, end in zip(borders, ends, strict=True)]


@dataclass(frozen=True)
class Choice:
    """One answer to choose, as the YAML has it."""

    text: Any
    correct: Any
    why: Any
    misconception: Any


@dataclass(frozen=True, eq=False)
class Item:
    """One question of a quiz, as the YAML has it."""

    id: str
    fields: dict[str, Any]
    choices: tuple[Choice, ...]

    def __getitem__(self, key: str) -> Any:
        """A field, or None."""
        return self.fields.get(key)

    @property
    def is_choice(self) -> bool:
        return self["kind"] in ("single-choice", "multiple-choice")

    @property
    def misconceptions(self) -> set[str]:
        named = [self["misconception"], *(choice.misconception for choice in self.choices)]
        return {str(anchor) for anchor in named if anchor is not None}

    @property
    def script(self) -> Script | None:
        is_code = self["kind"] == "code-output" and isinstance(self["code"], str)
        return Script(self["code"]) if is_code else None


@dataclass(frozen=True, eq=False)
class Quiz:
    """The items of one quiz file."""

    where: str
    stem: str
    folder: str
    concept: Any
    items: tuple[Item, ...]


@dataclass(frozen=True, eq=False)
class Asked:
    """The questions in learners' words of one file, as the YAML has them; `page` is the page that they ask for."""

    where: str
    stem: str
    folder: str
    page: Any
    questions: Any


@dataclass(frozen=True, eq=False)
class Exercise:
    """A folder with a task, a starter, a solution, a misconception and the tests; `files` are its Python files."""

    where: str
    meta: dict[str, Any]
    files: dict[str, str]

    def script(self, submission: str) -> Script | None:
        """The tests on one of the files; prints the exit code of pytest last. None where a file is missing."""
        if submission not in self.files or TESTS_FILE not in self.files:
            return None
        beside = {"submission.py": self.files[submission], TESTS_FILE: self.files[TESTS_FILE], "pytest.ini": "[pytest]"}
        return Script(RUN_TESTS, tuple(beside.items()))


@dataclass(eq=False)
class Corpus:
    """All that the linter looks at. `graph` leaves out unknown prerequisites; `outcomes` says how `scripts` ended."""

    folder: Path
    steps: tuple[Step, ...]
    concepts: tuple[Concept, ...]
    resources: tuple[ResourceEntry, ...]
    pages: tuple[Page, ...]
    quizzes: tuple[Quiz, ...]
    asked: tuple[Asked, ...]
    exercises: tuple[Exercise, ...]
    unreadable: tuple[Spot, ...]
    graph: ConceptGraph
    outcomes: dict[Script, Outcome] = field(default_factory=dict)

    def pages_of(self, kind: PageKind) -> list[Page]:
        return [page for page in self.pages if page.kind == kind]

    @cached_property
    def notes(self) -> dict[str, Page]:
        """The notes by the concept that their file name says."""
        return {page.stem: page for page in self.pages_of("note")}

    @cached_property
    def items(self) -> list[tuple[Quiz, Item]]:
        return [(quiz, item) for quiz in self.quizzes for item in quiz.items]

    @property
    def scripts(self) -> Iterator[Script]:
        """All code whose outcome a rule asks for."""
        submissions = ("solution.py", "starter.py", "misconception.py")
        found = [
            *(page.script for page in self.pages),
            *(item.script for _, item in self.items),
            *(exercise.script(name) for exercise in self.exercises for name in submissions),
        ]
        return (script for script in found if script is not None)


def is_text(value: Any) -> bool:
    """Whether a value of a YAML file is text, and not empty."""
    return isinstance(value, str) and bool(value.strip())


def are_texts(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(map(is_text, value))


def read_corpus(folder: Path) -> Corpus:
    """Everything in a corpus folder. Never fails on what a file says: see `Corpus.unreadable`."""
    unreadable: list[Spot] = []

    def read_all(paths: Iterable[Path], read: Callable[[Path, str], T]) -> Iterator[T]:
        for path in sorted(paths):
            where = path.relative_to(folder).as_posix()
            try:
                yield read(path, where)
            except (CorpusError, OSError, UnicodeDecodeError) as error:
                unreadable.append((where, " ".join(str(error).split())))

    steps, concepts = next(read_all([folder / CONCEPTS_FILE], _read_concepts), ((), ()))
    resources = next(read_all([folder / RESOURCES_FILE], _read_resources), ())
    known = {concept.id for concept in concepts}
    graph = ConceptGraph(
        steps, [replace(it, prerequisites=tuple(p for p in it.prerequisites if p in known)) for it in concepts]
    )

    def read_page(path: Path, where: str) -> Page:
        return _read_page(path, where, graph)

    pages = [*(folder / "notes").rglob("*.md"), *(folder / "resources").glob("*.md")]
    return Corpus(
        folder=folder,
        steps=steps,
        concepts=concepts,
        resources=resources,
        pages=tuple(read_all(pages, read_page)),
        quizzes=tuple(read_all((folder / "quizzes").rglob("*.yaml"), _read_quiz)),
        asked=tuple(read_all((folder / "asked").rglob("*.yaml"), _read_asked)),
        exercises=tuple(read_all((folder / "exercises").rglob("task.md"), _read_exercise)),
        unreadable=tuple(unreadable),
        graph=graph,
    )


def _read_concepts(path: Path, where: str) -> tuple[tuple[Step, ...], tuple[Concept, ...]]:
    steps: list[Step] = []
    concepts: list[Concept] = []
    for entry in _mappings(_load_yaml(path.read_text(encoding="utf-8")), "steps"):
        if not isinstance(entry.get("step"), int):
            raise CorpusError(f"`step` must be a number, and is {entry.get('step')!r}")
        steps.append(Step(entry["step"], _text(entry, "id"), _text(entry, "title")))
        concepts += [
            Concept(
                id=_text(item, "id"),
                name=_text(item, "name"),
                step=entry["step"],
                prerequisites=_texts(item, "prerequisites"),
                aliases=_texts(item, "aliases"),
                in_text=_text(item, "in_text") if "in_text" in item else None,
            )
            for item in _mappings(entry, "concepts")
        ]
    return tuple(steps), tuple(concepts)


def _read_resources(path: Path, where: str) -> tuple[ResourceEntry, ...]:
    entries = _mappings(_load_yaml(path.read_text(encoding="utf-8")), "resources")
    return tuple(ResourceEntry(_text(entry, "id"), _texts(entry, "concepts")) for entry in entries)


def _read_page(path: Path, where: str, graph: ConceptGraph) -> Page:
    meta, body, first_line = _split(path.read_text(encoding="utf-8"))
    headings, fences = headings_and_fences(body)
    outside_fences = without_fences(body, fences)
    in_notes = where.startswith("notes/")
    kind: PageKind = "resource" if not in_notes else "path" if path.parent.name == "path" else "note"
    return Page(
        kind=kind,
        where=where,
        stem=path.stem,
        folder=path.parent.name,
        meta=meta,
        first_line=first_line,
        body=body,
        headings=headings,
        fences=fences,
        outside_fences=outside_fences,
        prose=prose(outside_fences, graph),
    )


def _read_quiz(path: Path, where: str) -> Quiz:
    raw = _load_yaml(path.read_text(encoding="utf-8"))
    items = tuple(_read_item(entry) for entry in _mappings(raw, "items"))
    return Quiz(where, path.stem, path.parent.name, raw.get("concept"), items)


def _read_asked(path: Path, where: str) -> Asked:
    raw = _load_yaml(path.read_text(encoding="utf-8"))
    page = asked_page(raw) if isinstance(raw, dict) and "asked" in raw else None
    if page is None:
        raise CorpusError("the file must have the keys `asked` and one of `concept`, `path` and `resource`")
    return Asked(where, path.stem, path.parent.name, page, raw["asked"])


def _read_item(entry: dict[str, Any]) -> Item:
    choices = _mappings(entry, "choices") if "choices" in entry else []
    keys = ("text", "correct", "why", "misconception")
    return Item(_text(entry, "id"), entry, tuple(Choice(*(choice.get(key) for key in keys)) for choice in choices))


def _read_exercise(path: Path, where: str) -> Exercise:
    meta, _, _ = _split(path.read_text(encoding="utf-8"))
    files = {file.name: file.read_text(encoding="utf-8") for file in sorted(path.parent.glob("*.py"))}
    return Exercise(where, meta, files)


def _split(raw: str) -> tuple[dict[str, Any], str, int]:
    """The front matter, the body, and the line of the file on which the body starts."""
    match = FRONT_MATTER.match(raw)
    meta = _load_yaml(match[1]) if match else None
    if match is None or not isinstance(meta, dict):
        raise CorpusError("the file must begin with front matter: `key: value` lines between two lines of ---")
    return meta, raw[match.end() :], match[0].count("\n") + 1


def _load_yaml(text: str) -> Any:
    try:
        return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise CorpusError(f"not valid YAML: {error}") from error


def _mappings(entry: Any, key: str) -> list[dict[str, Any]]:
    found = entry.get(key) if isinstance(entry, dict) else None
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise CorpusError(f"`{key}` must be a list of mappings")
    return found


def _text(entry: dict[str, Any], key: str) -> str:
    found = entry.get(key)
    if not isinstance(found, str) or not found.strip():
        raise CorpusError(f"`{key}` must be text, and is {found!r} in {entry.get('id', entry)!r}")
    return found


def _texts(entry: dict[str, Any], key: str) -> tuple[str, ...]:
    found = entry.get(key, [])
    if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
        raise CorpusError(f"`{key}` must be a list of texts in {entry.get('id', entry)!r}")
    return tuple(found)
