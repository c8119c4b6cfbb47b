"""Notes as pages: where the sources of an answer lead, with the cited words marked."""

import html
import re
from collections.abc import Container, Sequence
from itertools import pairwise
from pathlib import Path
from string import Template
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from latex2mathml.converter import convert
from markdown_it import MarkdownIt
from markdown_it.token import Token

from backend.api.passages import find_passage
from backend.dependencies import CurrentSnapshot, CurrentStore
from backend.errors import NotFound
from corpus.content import Concept, Document
from corpus.reader import markdown_parser, slug
from ingest.snapshots import Snapshot, SnapshotStore, UnknownSnapshot

router = APIRouter(tags=["notes"])

_PAGE = Template(Path(__file__).with_name("note_page.html").read_text(encoding="utf-8"))
# Private-use characters stand for the borders of the cited words while the Markdown is rendered.
_OPEN, _CLOSE = "\ue000", "\ue001"
_HEADERS = {"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'"}


@router.get("/notes/{document_id}", response_class=HTMLResponse)
def note(
    document_id: str,
    current: CurrentSnapshot,
    store: CurrentStore,
    snapshot: str | None = None,
    passage: str | None = None,
    start: int = 0,
    end: int = 0,
) -> HTMLResponse:
    """A note, path overview or resource summary. With a passage and a span, the span is marked."""
    content = _content(store, snapshot) if snapshot else current.snapshot
    document = content.documents.get(document_id)
    if document is None:
        raise NotFound(f"There is no note {document_id!r}: GET /api/v1/curriculum lists what there is.")
    cited = _cited_span(store, content, document, passage, start, end) if passage else None
    return HTMLResponse(_page(document, content, cited), headers=_HEADERS)


def _content(store: SnapshotStore, snapshot: str) -> Snapshot:
    try:
        return store.get(snapshot)
    except UnknownSnapshot as error:
        raise NotFound(str(error)) from error


def _cited_span(
    store: SnapshotStore, content: Snapshot, document: Document, passage_id: str, start: int, end: int
) -> tuple[int, int]:
    """The cited words as offsets into the document's text; an empty span if they are not in it."""
    found = find_passage(store, content.id, passage_id)
    if found.document != document.id or not 0 <= start < end <= len(found.text):
        raise NotFound(f"Passage {passage_id!r} of {document.id!r} has no words {start} to {end}.")
    return found.start + start, found.start + end


def _page(document: Document, content: Snapshot, cited: tuple[int, int] | None) -> str:
    graph = content.graph
    step = graph.step(document.step) if document.step else None
    concept = graph[document.concept] if document.concept else None
    before = [graph[id_] for id_ in concept.prerequisites] if concept else []
    after = graph.after(concept.id) if concept else []
    resource = content.resources.get(document.id)
    place = f"Step {step.number}: {step.title}" if step else "The whole path"
    return _PAGE.substitute(
        title=html.escape(document.title),
        place=html.escape(place) + (_resource_link(resource.url) if resource else ""),
        body=render(document, content.documents.keys(), cited),
        before=_neighbours("Before", before, content),
        after=_neighbours("After", after, content),
        snapshot=html.escape(content.id),
        path=html.escape(document.path),
    )


def render(document: Document, written: Container[str], cited: tuple[int, int] | None = None) -> str:
    """The document as HTML: concepts that are `written` linked, formulas as MathML, the cited span in a `mark`."""
    insertions: list[tuple[int, str]] = []
    for link in document.links:
        if link.concept in written:
            insertions += [(link.start, "["), (link.end, f"](/notes/{link.concept})")]
    cited_block: tuple[int, int] | None = None
    if cited is not None:
        start, end = cited
        if document.text.startswith(("```", "$$", "|"), start) or _holds_blocks(document.text, start, end):
            cited_block = _lines(document.text, start, end)
        else:
            insertions += [(start, _OPEN), (end, _CLOSE)]
    text = document.text
    for position, words in sorted(insertions, key=lambda pair: (-pair[0], pair[1] != _CLOSE)):
        text = text[:position] + words + text[position:]
    tokens = _parser().parse(text)
    _name_headings(tokens, document)
    if cited_block is not None:
        _mark_blocks(tokens, cited_block)
    if document.summary:
        tokens[3:3] = _parser().parse(document.summary)
    rendered = str(_parser().renderer.render(tokens, _parser().options, {}))
    return rendered.replace(_OPEN, "<mark>").replace(_CLOSE, "</mark>")


def _parser() -> MarkdownIt:
    parser = markdown_parser()
    parser.add_render_rule("math_inline", _math("inline"))
    parser.add_render_rule("math_inline_double", _math("block"))
    parser.add_render_rule("math_block", _math("block"))
    parser.add_render_rule("fence", _fence)
    return parser


def _math(display: str) -> Any:
    def rule(_self: Any, tokens: Sequence[Token], position: int, _options: Any, _env: Any) -> str:
        token = tokens[position]
        formula = token.content.replace(_OPEN, "").replace(_CLOSE, "")
        try:
            rendered = convert(formula.strip(), display=display)
        # The converter has an error for every kind of bad LaTeX, and no common root; the source is always readable.
        except Exception:
            rendered = f"<code>{html.escape(formula)}</code>"
        return f'<div class="cited">{rendered}</div>' if token.attrGet("class") == "cited" else rendered

    return rule


def _fence(_self: Any, tokens: Sequence[Token], position: int, _options: Any, _env: Any) -> str:
    token = tokens[position]
    css = ' class="cited"' if token.attrGet("class") == "cited" else ""
    return f"<pre{css}><code>{html.escape(token.content)}</code></pre>\n"


def _name_headings(tokens: Sequence[Token], document: Document) -> None:
    anchors = {section.heading.rsplit(" > ", 1)[-1]: section.anchor for section in document.sections}
    for token, inline in pairwise(tokens):
        if token.type == "heading_open" and token.tag != "h1":
            token.attrSet("id", anchors.get(inline.content, slug(inline.content)))


def _lines(text: str, start: int, end: int) -> tuple[int, int]:
    return text.count("\n", 0, start), text.count("\n", 0, end) + 1


def _holds_blocks(text: str, start: int, end: int) -> bool:
    """Whether a citation holds whole blocks, such as a list or two paragraphs, and not words of one of them."""
    first, last = _lines(text, start, end)
    blocks = [
        token
        for token in markdown_parser().parse(text)
        if token.level == 0 and token.nesting >= 0 and token.map and token.map[0] < last and token.map[1] > first
    ]
    begins_a_line = text[:start].endswith("\n")
    return len(blocks) > 1 or (begins_a_line and blocks[0].type != "paragraph_open")


def _mark_blocks(tokens: Sequence[Token], lines: tuple[int, int]) -> None:
    for token in tokens:
        is_block = token.type in ("fence", "math_block") or (token.level == 0 and token.nesting == 1)
        if is_block and token.map is not None and lines[0] <= token.map[0] < lines[1]:
            token.attrSet("class", "cited")


def _neighbours(label: str, concepts: Sequence[Concept], content: Snapshot) -> str:
    if not concepts:
        return ""
    links = (
        f'<a href="/notes/{concept.id}">{html.escape(concept.name)}</a>'
        if concept.id in content.documents
        else html.escape(concept.name)
        for concept in concepts
    )
    return f"<p>{label}: {', '.join(links)}</p>"


def _resource_link(url: str) -> str:
    return f' · <a href="{html.escape(url)}" rel="noreferrer">{html.escape(re.sub("^https?://", "", url))}</a>'
