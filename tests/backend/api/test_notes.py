"""Notes as pages: where sources lead."""

import re
from functools import lru_cache
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient
from markdown_it import MarkdownIt

from backend.api import notes
from backend.api.notes import render
from corpus.content import Document, Section
from ingest.settings import IngestSettings
from ingest.snapshots import OpenSnapshot, SnapshotStore
from tests.backend.reading import ask

VOID = {"meta", "br", "hr", "img"}


@pytest.fixture
def _formulas_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A note is rendered once for each of its units: its formulas need not be converted each time."""
    monkeypatch.setattr(notes, "convert", lru_cache(notes.convert))


class Page(HTMLParser):
    """A page as a browser sees it: its words, what of them is marked, and every tag."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words = ""
        self.marked = ""
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.badly_nested: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self.feed(html)
        self.close()
        self.badly_nested += [tag for tag, _ in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append((tag, tag == "mark" or "cited" in (dict(attrs).get("class") or "")))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1][0] != tag:
            self.badly_nested.append(tag)
        else:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self.words += data
        if any(is_marked for _, is_marked in self._open):
            self.marked += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def letters(text: str) -> str:
    """A text without its white space and punctuation, to compare a page with its Markdown."""
    return re.sub(r"[\W_]+", "", text)


def words_of(markdown: str) -> str:
    """The words that a Markdown text shows, without its formulas."""
    html = MarkdownIt("commonmark").enable("table").render(re.sub(r"\$+[^$]+\$+", "", markdown))
    return letters(Page(html).words)


def page(client: TestClient, address: str) -> Page:
    response = client.get(address)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return Page(response.text)


def test_the_address_of_a_source_leads_to_its_marked_words(client: TestClient) -> None:
    for source in ask(client, "What is gradient descent?")["sources"]:
        shown = page(client, source["url"])
        assert letters(shown.marked) == words_of(source["quote"])
        anchor = source["url"].split("#")[1]
        assert anchor in [attrs.get("id") for attrs in shown.all("h2") + shown.all("h3")]


def test_a_cited_code_block_is_marked_whole(client: TestClient) -> None:
    sources = ask(client, "How do I write a gradient descent loop in Python?")["sources"]
    (source,) = (source for source in sources if source["quote"].startswith("```"))
    shown = page(client, source["url"])
    assert letters(shown.marked) == words_of(source["quote"])
    assert "cited" in [attrs.get("class") for attrs in shown.all("pre")]


@pytest.mark.usefixtures("_formulas_once")
def test_every_unit_that_can_be_quoted_can_be_marked(snapshot: OpenSnapshot) -> None:
    """Over all units of the corpus: the mark holds the unit, no more and no less, and the page stays well formed."""
    written = snapshot.snapshot.documents.keys()
    checked = 0
    for entry in snapshot.passages.values():
        document = snapshot.snapshot.documents[entry.passage.document]
        for unit in entry.units:
            start = entry.passage.start + unit.start
            shown = Page(render(document, written, (start, start + unit.end - unit.start)))
            assert not shown.badly_nested, unit.of(entry.passage.text)
            if unit.kind == "formula" or "$" in unit.of(entry.passage.text):
                assert shown.marked
            else:
                assert letters(shown.marked) == words_of(unit.of(entry.passage.text))
            checked += 1
    assert checked > 300


@pytest.mark.usefixtures("_formulas_once")
def test_every_passage_that_can_be_found_can_be_marked(snapshot: OpenSnapshot) -> None:
    """A search result cites a whole passage: several blocks, that may begin or end with code, a table or a list."""
    written = snapshot.snapshot.documents.keys()
    for entry in snapshot.passages.values():
        passage = entry.passage
        document = snapshot.snapshot.documents[passage.document]
        plain = Page(render(document, written))
        shown = Page(render(document, written, (passage.start, passage.start + len(passage.text))))
        assert not shown.badly_nested, passage.text
        assert letters(shown.words) == letters(plain.words)
        if "$" not in passage.text:
            assert letters(shown.marked) == words_of(passage.text)


def test_a_page_without_a_citation_marks_nothing(client: TestClient) -> None:
    shown = page(client, "/notes/gradient-descent")
    assert shown.marked == ""
    assert shown.all("h1")


def test_formulas_are_mathml(client: TestClient) -> None:
    shown = page(client, "/notes/gradient-descent")
    assert {attrs.get("display") for attrs in shown.all("math")} == {"inline", "block"}
    assert "$" not in shown.words
    assert "\\frac" not in shown.words


def test_a_formula_that_cannot_be_converted_is_shown_as_it_is_written() -> None:
    document = _document("A formula $\\sqrt[$ here.")
    assert "\\sqrt[" in Page(render(document, ())).words


def test_concepts_that_have_a_page_lead_to_it(client: TestClient, own_home: IngestSettings) -> None:
    documents = SnapshotStore(own_home.home).current().documents
    linked = 0
    for document in documents.values():
        shown = page(client, f"/notes/{document.id}")
        targets = {attrs["href"] for attrs in shown.all("a")}
        wanted = {f"/notes/{link.concept}" for link in document.links if link.concept in documents}
        assert wanted <= targets
        inside = {str(target) for target in targets if str(target).startswith("/")}
        assert inside <= {f"/notes/{document_id}" for document_id in documents}
        linked += len(wanted)
    assert linked > 5


def test_every_note_overview_and_summary_has_a_page(client: TestClient, own_home: IngestSettings) -> None:
    for document in SnapshotStore(own_home.home).current().documents.values():
        shown = page(client, f"/notes/{document.id}")
        assert not shown.badly_nested
        ids = [attrs["id"] for tag in ("h2", "h3") for attrs in shown.all(tag)]
        assert {section.anchor for section in document.sections} <= set(ids)
        assert document.summary == "" or letters(document.summary.split("`")[0]) in letters(shown.words)


def test_a_page_runs_nothing_and_loads_nothing(client: TestClient) -> None:
    response = client.get("/notes/lists")
    assert response.headers["content-security-policy"].startswith("default-src 'none'")
    assert "script" not in response.headers["content-security-policy"]
    shown = Page(response.text)
    assert not [tag for tag, _ in shown.tags if tag in ("script", "img", "iframe", "link", "object", "form")]
    assert not [attrs for _, attrs in shown.tags for name in attrs if name.startswith("on")]


def _document(text: str) -> Document:
    section = Section("Idea", "idea", 0, len(text))
    return Document("d", "note", "D", "", None, None, "d.md", 1, f"# D\n\n## Idea\n\n{text}\n", (section,))


def test_html_in_a_note_is_text() -> None:
    shown = Page(render(_document("Look <script>alert(1)</script> <img src=x onerror=alert(1)> `<b>`."), ()))
    assert not [tag for tag, _ in shown.tags if tag in ("script", "img", "b")]
    assert "<script>alert(1)</script>" in shown.words


EVIL = "<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/notes/quokka", 404),
        (f"/notes/{EVIL}", 404),
        ("/notes/..%2f..%2fetc%2fpasswd", 404),
        (f"/notes/lists?snapshot={EVIL}", 404),
        ("/notes/lists?snapshot=../..", 404),
        (f"/notes/lists?passage={EVIL}&start=0&end=5", 404),
        (f"/notes/lists?start={EVIL}", 422),
    ],
)
def test_what_is_unknown_or_wrong_is_a_problem_and_never_html(client: TestClient, address: str, status: int) -> None:
    response = client.get(address)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["status"] == status


@pytest.mark.parametrize(("start", "end"), [(-5, 10), (10, 5), (5, 5), (0, 10**6)])
def test_a_span_outside_of_its_passage_is_unknown(client: TestClient, start: int, end: int) -> None:
    source = ask(client, "What is a Python list?")["sources"][0]
    document = source["url"].removeprefix("/notes/").split("?")[0]
    response = client.get(f"/notes/{document}?passage={source['passage_id']}&start={start}&end={end}")
    assert response.status_code == 404
    assert "has no words" in response.json()["detail"]


def test_a_passage_of_another_note_is_unknown_there(client: TestClient) -> None:
    source = ask(client, "What is gradient descent?")["sources"][0]
    assert client.get(f"/notes/lists?passage={source['passage_id']}&start=0&end=5").status_code == 404
