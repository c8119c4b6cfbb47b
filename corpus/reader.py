"""Reads the corpus folder: YAML and Markdown files in, `corpus.content` shapes out.

Knows the file layout and the Markdown dialect of the notes. Does not judge them: `corpus.lint` does.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise, zip_longest
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
_LINE_END = re.compile(r"\r\n?|\n")  # As Markdown has it: `str.splitlines` also ends a line at U+2028 and others.
# A list in a list, `[[vectors]]`, is no link in a code block or in inline code.
_CODE = re.compile(
    r"^[ \t]*(`{3,}|~{3,}).*?^[ \t]*\1|(?<!`)(`+)(?!`)(?:(?!\n\s*\n).)+?(?<!`)\2(?!`)", re.MULTILINE | re.DOTALL
)


class CorpusError(ValueError):
    """A corpus file that cannot be read; the message names the file and what to mend."""


def markdown_parser() -> MarkdownIt:
    """The one Markdown dialect of Stepwise: CommonMark, tables, `$…$` and `$$…$$`; raw HTML is text."""
    return MarkdownIt("commonmark", {"html": False}).enable("table").use(dollarmath_plugin, double_inline=True)


def read_concept_graph(folder: Path = CORPUS_FOLDER) -> ConceptGraph:
    """The concept graph of `concepts.yaml`."""
    steps: list[Step] = []
    concepts: list[Concept] = []
    with _entries_of(folder / CONCEPTS_FILE) as content:
        for entry in content["steps"]:
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
    with _entries_of(folder / RESOURCES_FILE) as content:
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
            for entry in content["resources"]
        }


def read_documents(folder: Path = CORPUS_FOLDER) -> list[Document]:
    """Every note, path overview and resource summary of the corpus, sorted by path.

    Raises:
        CorpusError: A file cannot be read, or two have one id.
    """
    graph = read_concept_graph(folder)
    resources = read_resources(folder)
    notes = [read_document(path, folder, graph, resources) for path in sorted((folder / "notes").rglob("*.md"))]
    summaries = [read_document(path, folder, graph, resources) for path in sorted((folder / "resources").glob("*.md"))]
    documents: dict[str, Document] = {}
    for document in notes + summaries:
        if (first := documents.setdefault(document.id, document)) is not document:
            raise CorpusError(f"{folder / document.path}: {document.id} is taken by {first.path}: give it another id")
    return list(documents.values())


def read_document(path: Path, folder: Path, graph: ConceptGraph, resources: dict[str, Resource]) -> Document:
    """One Markdown file of the corpus, its concept links put into words.

    Raises:
        CorpusError: The front matter is missing or names nothing known, there is no title, or an anchor occurs twice.
    """
    raw = _read_text(path)
    try:
        post = frontmatter.loads(raw)
    except yaml.YAMLError as error:
        raise CorpusError(f"{path}: the front matter is not valid YAML: {error}") from error
    meta = post.metadata
    document_id, kind, step, concept = _identify(path, meta, graph, resources)
    after_opening = raw.index("---") + len("---")
    body = raw[raw.index("\n---", after_opening) + len("\n---") :].partition("\n")[2]
    body_with_clean_headings, headings = _read_headings(body)
    text, links = _put_links_into_words(body_with_clean_headings, graph)
    sections = tuple(_cut_sections(text, headings))
    _check_anchors(path, sections)
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
        sections=sections,
        links=tuple(links),
    )


def read_quizzes(folder: Path = CORPUS_FOLDER) -> dict[str, list[dict[str, Any]]]:
    """The quiz items of each concept that has a quiz, as the YAML has them."""
    quizzes: dict[str, list[dict[str, Any]]] = {}
    for path in sorted((folder / "quizzes").rglob("*.yaml")):
        with _entries_of(path) as content:
            quizzes[content["concept"]] = content["items"]
    return quizzes


def read_asked(folder: Path = CORPUS_FOLDER) -> dict[str, list[str]]:
    """For each page, questions in learners' words that it answers. They lead to it and are never shown."""
    asked: dict[str, list[str]] = {}
    for path in sorted((folder / "asked").rglob("*.yaml")):
        with _entries_of(path) as content:
            asked[str(asked_page(content) or path.stem)] = [str(question) for question in content["asked"]]
    return asked


def asked_page(content: Mapping[str, Any]) -> Any:
    """The page that a file of learners' questions says they ask for; None if it says none."""
    return next((content[key] for key in ("concept", "path", "resource") if key in content), None)


def line_starts(text: str) -> list[int]:
    """The offset at which each line starts, and the length of the text as a last entry."""
    starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
    return starts if starts[-1] == len(text) else [*starts, len(text)]


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
    lines = [body[start:end] for start, end in pairwise(line_starts(body))]
    headings: list[_Heading] = []
    for token, inline in pairwise(markdown_parser().parse(body)):
        if token.type != "heading_open" or token.map is None or token.tag == "h1" or token.level:
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
    for match in LINK.finditer(_CODE.sub(lambda code: " " * len(code[0]), text)):
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
    for heading, following in zip_longest(headings, headings[1:]):
        parent = heading.words if heading.level == 2 else parent
        start = starts[heading.line + 1]
        end = starts[following.line] if following else len(text)
        if text[start:end].strip():
            words = heading.words if heading.level == 2 else f"{parent} > {heading.words}"
            yield Section(words, heading.anchor, start, end)


def _check_anchors(path: Path, sections: tuple[Section, ...]) -> None:
    """Passages are named by document and anchor, and links lead there, so an anchor may occur only once."""
    seen: set[str] = set()
    for section in sections:
        if section.anchor in seen:
            raise CorpusError(
                f"{path}: two sections have the anchor {section.anchor!r}: "
                f"end the heading {section.heading!r} with an `{{#anchor}}` of its own"
            )
        seen.add(section.anchor)


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CorpusError(f"{path} cannot be read ({error.strerror}): is STEPWISE_CORPUS the right folder?") from error
    except UnicodeDecodeError as error:
        raise CorpusError(f"{path}: save it as UTF-8 ({error})") from error


def _load_yaml(path: Path) -> Any:
    try:
        return yaml.load(_read_text(path), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise CorpusError(f"{path}: not valid YAML: {error}") from error


@contextmanager
def _entries_of(path: Path) -> Iterator[Any]:
    """The content of a YAML file, with an error that names the file where an entry is not as it should be."""
    content = _load_yaml(path)
    try:
        yield content
    except (KeyError, TypeError, AttributeError) as error:
        raise CorpusError(f"{path}: an entry is missing or misshapen ({error!r}): run `stepwise lint`") from error
