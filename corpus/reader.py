"""Reads the corpus folder: YAML and Markdown files in, `corpus.content` shapes out.

Knows the file layout and the Markdown dialect of the notes. Does not judge them: `corpus.lint` does.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import frontmatter
import yaml
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

from corpus.concept_graph import ConceptGraph
from corpus.content import Concept, Document, DocumentKind, Link, Resource, Section, Step

CORPUS_FOLDER = Path(__file__).parent
CONCEPTS_FILE = "concepts.yaml"
RESOURCES_FILE = "resources.yaml"

LINK = re.compile(r"\[\[([a-z0-9-]+)\]\]")
ANCHOR = re.compile(r"\s*\{#([a-z0-9-]+)\}\s*$")


class CorpusError(ValueError):
    """A corpus file that cannot be read; the message names the file and what to mend."""


def markdown_parser() -> MarkdownIt:
    """The one Markdown dialect of Stepwise: CommonMark, tables, `$…$` and `$$…$$`; raw HTML is text."""
    return MarkdownIt("commonmark", {"html": False}).enable("table").use(dollarmath_plugin, double_inline=True)


def read_concept_graph(folder: Path = CORPUS_FOLDER) -> ConceptGraph:
    """The concept graph of `concepts.yaml`."""
    steps: list[Step] = []
    concepts: list[Concept] = []
    for entry in _load_yaml(folder / CONCEPTS_FILE)["steps"]:
        steps.append(Step(entry["step"], entry["id"], entry["title"]))
        concepts.extend(
            Concept(
                id=item["id"],
                name=item["name"],
                step=entry["step"],
                prerequisites=tuple(item.get("prerequisites", ())),
                aliases=tuple(item.get("aliases", ())),
                depth=item.get("depth", "core"),
                in_text=item.get("in_text"),
            )
            for item in entry["concepts"]
        )
    return ConceptGraph(steps, concepts)


def read_resources(folder: Path = CORPUS_FOLDER) -> dict[str, Resource]:
    """The resources of `resources.yaml` by id, in the order of the file."""
    return {
        entry["id"]: Resource(
            id=entry["id"],
            title=entry["title"],
            author=entry["author"],
            steps=tuple(entry["steps"]),
            url=entry["url"],
            format=entry["format"],
            cost=entry.get("cost"),
            hours=entry.get("hours"),
            licence=entry.get("licence"),
            status=entry.get("status"),
            checked=entry["checked"],
            concepts=tuple(entry["concepts"]),
        )
        for entry in _load_yaml(folder / RESOURCES_FILE)["resources"]
    }


def read_documents(folder: Path = CORPUS_FOLDER) -> list[Document]:
    """Every note, path overview and resource summary of the corpus, sorted by path."""
    graph = read_concept_graph(folder)
    resources = read_resources(folder)
    notes = [read_document(path, folder, graph, resources) for path in sorted((folder / "notes").rglob("*.md"))]
    summaries = [read_document(path, folder, graph, resources) for path in sorted((folder / "resources").glob("*.md"))]
    return notes + summaries


def read_document(path: Path, folder: Path, graph: ConceptGraph, resources: dict[str, Resource]) -> Document:
    """One Markdown file of the corpus, its concept links put into words.

    Raises:
        CorpusError: The front matter is missing or names nothing that the corpus knows.
    """
    raw = path.read_text(encoding="utf-8")
    try:
        post = frontmatter.loads(raw)
    except yaml.YAMLError as error:
        raise CorpusError(f"{path}: the front matter is not valid YAML: {error}") from error
    meta = post.metadata
    document_id, kind, step, concept = _identify(path, meta, graph, resources)
    body = raw[raw.index("\n---", 3) + len("\n---") :].split("\n", 1)[1]
    body_with_clean_headings, headings = _read_headings(body)
    text, links = _put_links_into_words(body_with_clean_headings, graph)
    return Document(
        id=document_id,
        kind=kind,
        title=_title(body, path),
        summary=str(meta.get("summary", "")),
        step=step,
        concept=concept,
        path=path.relative_to(folder).as_posix(),
        first_line=raw[: len(raw) - len(body)].count("\n") + 1,
        text=text,
        sections=tuple(_cut_sections(text, headings)),
        links=tuple(links),
    )


def read_quizzes(folder: Path = CORPUS_FOLDER) -> dict[str, list[dict[str, Any]]]:
    """The quiz items of each concept that has a quiz, as the YAML has them."""
    quizzes = [_load_yaml(path) for path in sorted((folder / "quizzes").rglob("*.yaml"))]
    return {quiz["concept"]: quiz["items"] for quiz in quizzes}


def line_starts(text: str) -> list[int]:
    """The offset at which each line starts, and the length of the text as a last entry."""
    return list(accumulate((len(line) for line in text.splitlines(keepends=True)), initial=0))


def slug(heading: str) -> str:
    """The anchor of a heading.

    >>> slug("How it works")
    'how-it-works'
    """
    return re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-")


def _identify(
    path: Path, meta: dict[str, Any], graph: ConceptGraph, resources: dict[str, Resource]
) -> tuple[str, DocumentKind, int | None, str | None]:
    match meta:
        case {"concept": str(concept_id)} if concept_id in graph:
            return concept_id, "note", graph[concept_id].step, concept_id
        case {"resource": str(resource_id)} if resource_id in resources:
            return resource_id, "resource", min(resources[resource_id].steps, default=None), None
        case {"path": str(path_id)}:
            return path_id, "note", meta.get("step"), None
    raise CorpusError(
        f"{path}: the front matter must name a known `concept`, a known `resource` or a `path` note (it has {meta})"
    )


def _title(body: str, path: Path) -> str:
    match = re.search(r"^# (.+)$", body, re.MULTILINE)
    if match is None:
        raise CorpusError(f"{path}: there is no '# Title' line")
    return match[1].strip()


@dataclass(frozen=True)
class _Heading:
    level: int
    line: int
    words: str
    anchor: str


def _read_headings(body: str) -> tuple[str, list[_Heading]]:
    """The text with the `{#anchor}` marks taken out of its headings, and the headings below the title."""
    lines = body.splitlines(keepends=True)
    headings: list[_Heading] = []
    for token, inline in pairwise(markdown_parser().parse(body)):
        if token.type != "heading_open" or token.map is None or token.tag == "h1":
            continue
        words = ANCHOR.sub("", inline.content)
        anchor = match[1] if (match := ANCHOR.search(inline.content)) else slug(words)
        headings.append(_Heading(int(token.tag[1]), token.map[0], words, anchor))
        lines[token.map[0]] = f"{token.markup} {words}\n"
    return "".join(lines), headings


def _put_links_into_words(text: str, graph: ConceptGraph) -> tuple[str, list[Link]]:
    """The text with each `[[concept]]` as words, and where those words stand. Unknown names stay for the linter."""
    pieces: list[str] = []
    links: list[Link] = []
    length = last = 0
    for match in LINK.finditer(text):
        if match[1] not in graph:
            continue
        words = graph[match[1]].name_in_text
        pieces += [text[last : match.start()], words]
        length += match.start() - last
        links.append(Link(length, length + len(words), match[1]))
        length, last = length + len(words), match.end()
    return "".join([*pieces, text[last:]]), links


def _cut_sections(text: str, headings: list[_Heading]) -> Iterator[Section]:
    starts = line_starts(text)
    parent = ""
    for heading, following in zip(headings, [*headings[1:], None], strict=True):
        parent = heading.words if heading.level == 2 else parent
        start = starts[heading.line + 1]
        end = starts[following.line] if following else len(text)
        if text[start:end].strip():
            words = heading.words if heading.level == 2 else f"{parent} > {heading.words}"
            yield Section(words, heading.anchor, start, end)


def _load_yaml(path: Path) -> Any:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise CorpusError(f"{path}: not valid YAML: {error}") from error
