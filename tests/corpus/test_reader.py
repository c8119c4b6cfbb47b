import re
import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.concept_graph import ConceptGraph
from corpus.content import Concept, Document, Resource, Step
from corpus.reader import (
    CorpusError,
    line_starts,
    markdown_parser,
    read_concept_graph,
    read_document,
    read_documents,
    read_quizzes,
    read_resources,
    slug,
)
from ingest.settings import IngestSettings

GRAPH = ConceptGraph(
    [Step(1, "python-basics", "Python basics"), Step(3, "tools", "Tools")],
    [Concept("lists", "Lists", 1), Concept("sets", "Sets", 1), Concept("numpy-arrays", "NumPy arrays", 3)],
)
RESOURCE = Resource(
    "course", "Course", "A", (3, 2), "https://x.org", "course", None, None, None, None, "2026-11-22", ()
)
FRONT = "---\nconcept: lists\n---\n"

# Some of these end a line for `str.splitlines`, but for neither Markdown nor an editor.
WORDS = st.text("abc .,é\u2028\u2029\x0b\x0c\x1c\x85", min_size=1).map(lambda text: f"w{text}w")
LINKS = st.sampled_from(["[[lists]]", "[[sets]]", "[[numpy-arrays]]"])
CODE = st.sampled_from(["`a[[lists]]`", "`` [[sets]] ` ``", "\n\n```python\n# [[sets]]\n## x\n\nm[[1, 2]]\n```\n\n"])
PIECES = st.lists(st.one_of(WORDS, LINKS, CODE), max_size=8)


@st.composite
def notes(draw: st.DrawFn) -> tuple[str, list[str], list[str]]:
    """A body below the front matter, the anchors of its sections, and the concepts that it links to."""
    lines, anchors, links = ["", "# Title", ""], [], []
    for number in range(draw(st.integers(0, 5))):
        mark = draw(st.sampled_from(["", f" {{#mark-{number}}}", f"  {{#mark-{number}}}  "]))
        level = draw(st.sampled_from(["##", "###", "####"]))
        lines += [f"{level} Part {number}{mark}", ""]
        anchors.append(f"mark-{number}" if mark else f"part-{number}")
        for _ in range(draw(st.integers(1, 3))):
            pieces = draw(PIECES)
            links += [piece[2:-2] for piece in pieces if piece.startswith("[[")]
            lines += ["Text: " + " ".join(pieces) + " end.", ""]
    return "\n".join(lines), anchors, links


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("notes")


def read(folder: Path, content: str | bytes) -> Document:
    path = folder / "note.md"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_document(path, folder, GRAPH, {"course": RESOURCE})


# Links


def test_a_link_becomes_the_name_of_its_concept(folder: Path) -> None:
    document = read(folder, FRONT + "# Lists\n\n## Idea\n\nSee [[sets]] and [[numpy-arrays]].\n")
    assert "See sets and NumPy arrays." in document.text
    spans = [(document.text[link.start : link.end], link.concept) for link in document.links]
    assert spans == [("sets", "sets"), ("NumPy arrays", "numpy-arrays")]


@given(notes())
def test_every_link_stands_on_the_name_of_its_concept(folder: Path, note: tuple[str, list[str], list[str]]) -> None:
    body, _, links = note
    document = read(folder, FRONT + body)
    assert [link.concept for link in document.links] == links
    for link in document.links:
        assert document.text[link.start : link.end] == GRAPH[link.concept].name_in_text
    for link, following in pairwise(document.links):
        assert link.end <= following.start


def test_a_link_to_an_unknown_concept_stays_for_the_linter(folder: Path) -> None:
    document = read(folder, FRONT + "# Lists\n\n## Idea\n\nSee [[tuples]].\n")
    assert "See [[tuples]]." in document.text
    assert document.links == ()


@pytest.mark.parametrize(
    "code",
    [
        "```python\nm = [[1, 2], [3, 4]]\nm[[lists]]\n```",
        "~~~\nm[[lists]]\n~~~",
        "`[[1, 2]]` and `m[[lists]]`",
        "``[[lists]] ` ``",
        "1. Item\n\n   ```\n   m[[lists]]\n   ```",
    ],
)
def test_a_list_in_a_list_in_code_is_no_link(folder: Path, code: str) -> None:
    document = read(folder, f"{FRONT}# Lists\n\n## Idea\n\n{code}\n")
    assert code in document.text
    assert document.links == ()


# Headings and sections


def test_an_anchor_is_taken_out_of_its_heading(folder: Path) -> None:
    document = read(
        folder, FRONT + "# Lists\n\n## Common mistakes\n\nFour.\n\n### `append` returns {#returns}\n\nNo.\n"
    )
    assert "{#" not in document.text
    section = document.sections[1]
    assert (section.heading, section.anchor) == ("Common mistakes > `append` returns", "returns")
    assert document.text[section.start : section.end].strip() == "No."


def test_a_heading_without_an_anchor_gets_one_from_its_words(folder: Path) -> None:
    document = read(folder, FRONT + "# Lists\n\n## How it works\n\nSo.\n")
    assert [(section.heading, section.anchor) for section in document.sections] == [("How it works", "how-it-works")]


def test_a_heading_without_text_below_it_is_no_section(folder: Path) -> None:
    document = read(folder, FRONT + "# Lists\n\n## Mistakes\n\n### First {#first}\n\nNo.\n\n## Next\n\n")
    assert [section.heading for section in document.sections] == ["Mistakes > First"]


def test_a_note_of_a_title_has_no_sections(folder: Path) -> None:
    assert read(folder, FRONT + "# Lists\n").sections == ()


@pytest.mark.parametrize(
    "text", ["```\n## Comment\n```", "> ## Quoted\n> text", "- ## Item\n  text", "##Tag", "\\## x"]
)
def test_only_a_heading_of_the_note_itself_opens_a_section(folder: Path, text: str) -> None:
    document = read(folder, f"{FRONT}# Lists\n\n## Idea\n\n{text}\n")
    assert [section.heading for section in document.sections] == ["Idea"]
    assert text in document.text


@given(notes())
def test_sections_hold_all_text_below_their_headings(folder: Path, note: tuple[str, list[str], list[str]]) -> None:
    body, anchors, _ = note
    document = read(folder, FRONT + body)
    assert [section.anchor for section in document.sections] == anchors
    ends = [document.text.index("# Title") + len("# Title"), *(section.end for section in document.sections)]
    for end, section in zip(ends, document.sections, strict=False):
        assert re.fullmatch(r"\s*#{2,4} Part \d+\n", document.text[end : section.start])
        assert end <= section.start < section.end


@given(
    notes(), st.sampled_from([FRONT, "---\nsummary: |\n  Two\n  ---\n  lines\nconcept: sets\n----\n", "\n\n" + FRONT])
)
def test_a_line_of_the_text_is_the_same_line_of_the_file(
    folder: Path, note: tuple[str, list[str], list[str]], front: str
) -> None:
    document = read(folder, front + note[0])
    in_file = (front + note[0]).split("\n")[document.first_line - 1 :]
    in_text = document.text.split("\n")
    assert len(in_text) == len(in_file)
    for read_line, line in zip(in_text, in_file, strict=True):
        if "[[" not in line:
            assert read_line == re.sub(r"\s*\{#.*", "", line)


# What a document is


def test_a_note_has_the_step_of_its_concept(folder: Path) -> None:
    document = read(folder, "---\nconcept: numpy-arrays\nsummary: Fast.\n---\n\n# Arrays\n")
    assert (document.id, document.kind, document.step, document.concept) == ("numpy-arrays", "note", 3, "numpy-arrays")
    assert (document.title, document.summary, document.path) == ("Arrays", "Fast.", "note.md")


def test_a_resource_has_its_earliest_step(folder: Path) -> None:
    document = read(folder, "---\nresource: course\n---\n\n# Course\n")
    assert (document.id, document.kind, document.step, document.concept) == ("course", "resource", 2, None)


def test_a_path_note_has_the_step_that_it_names(folder: Path) -> None:
    document = read(folder, "---\npath: whole\nstep: 4\n---\n\n# All\n")
    assert (document.id, document.kind, document.step, document.concept) == ("whole", "note", 4, None)


def test_what_an_editor_adds_to_a_file_does_not_matter(folder: Path) -> None:
    plain = read(folder, FRONT + "# Lists\n\n## Idea\n\nSo.\n")
    from_windows = "\ufeff" + FRONT + "# Lists\n\n## Idea\n\nSo.\n"
    assert read(folder, from_windows.replace("\n", "\r\n")) == plain


# Files that cannot be read


@pytest.mark.parametrize(
    ("content", "remedy"),
    [
        ("# Lists\n", "the front matter must name"),
        ("", "the front matter must name"),
        ("---\njust words\n---\n# Lists\n", "the front matter must name"),
        ("---\nconcept: tuples\n---\n# Tuples\n", "a known `concept`.*tuples"),
        ("---\nresource: nowhere\n---\n# Tuples\n", "a known `resource`.*nowhere"),
        ("---\nconcept: [lists\n---\n# Lists\n", "not valid YAML.*line 2"),
        ("---\nconcept: lists\n---\n\nLists are lists.\n", "no '# Title' line"),
        ("---\nconcept: lists\n---", "no '# Title' line"),
        (FRONT.encode() + b"# Lists \xff\n", "save it as UTF-8"),
        (FRONT + "# Lists\n\n## Idea\n\nA.\n\n## Idea\n\nB.\n", r"'idea'.*`\{#anchor\}`"),
        (FRONT + "# Lists\n\n## A {#x}\n\nA.\n\n## B {#x}\n\nB.\n", r"'x'.*heading 'B'"),
    ],
)
def test_a_broken_note_is_refused_with_its_name_and_the_remedy(
    tmp_path: Path, content: str | bytes, remedy: str
) -> None:
    with pytest.raises(CorpusError, match=f"(?s){re.escape(str(tmp_path / 'note.md'))}.*{remedy}"):
        read(tmp_path, content)


@pytest.fixture
def corpus(indexed: IngestSettings, tmp_path: Path) -> Path:
    """A copy of the small real corpus that a test may break."""
    return shutil.copytree(indexed.corpus, tmp_path / "corpus")


@pytest.mark.parametrize("name", ["concepts.yaml", "resources.yaml", "quizzes/python-basics/lists.yaml"])
@pytest.mark.parametrize(
    ("content", "remedy"),
    [
        ("version: [1\n", "not valid YAML.*line 1"),
        ("version: 1\n", "run `stepwise lint`"),
        ("", "run `stepwise lint`"),
        ("steps: [{step: 1}]\nresources: [{id: x}]\nitems: []\n", "run `stepwise lint`"),
    ],
)
def test_a_broken_list_is_refused_with_its_name_and_the_remedy(
    corpus: Path, name: str, content: str, remedy: str
) -> None:
    (corpus / name).write_text(content)
    with pytest.raises(CorpusError, match=f"(?s){re.escape(str(corpus / name))}.*{remedy}"):
        (read_documents(corpus), read_quizzes(corpus))


def test_a_folder_that_is_no_corpus_is_refused_with_the_setting_to_mend(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=rf"{re.escape(str(tmp_path / 'concepts.yaml'))} .*STEPWISE_CORPUS"):
        read_documents(tmp_path)


def test_two_notes_of_one_concept_are_refused_with_both_names(corpus: Path) -> None:
    shutil.copyfile(corpus / "notes/python-basics/lists.md", corpus / "notes/python-basics/copy.md")
    with pytest.raises(CorpusError, match=r"lists\.md: lists is taken by notes/python-basics/copy\.md"):
        read_documents(corpus)


# The whole folder


def test_documents_come_sorted_by_path_summaries_last(corpus: Path) -> None:
    paths = [document.path for document in read_documents(corpus)]
    notes = [path for path in paths if path.startswith("notes/")]
    summaries = [path for path in paths if path.startswith("resources/")]
    assert paths == sorted(notes) + sorted(summaries)
    assert len(paths) == len(list(corpus.rglob("*.md")))


def test_shipped_documents_keep_their_lines_and_spans(corpus: Path) -> None:
    graph = read_concept_graph(corpus)
    for document in read_documents(corpus):
        file_lines = (corpus / document.path).read_text().split("\n")
        assert len(document.text.split("\n")) == len(file_lines) - document.first_line + 1
        assert all(document.text[link.start : link.end] == graph[link.concept].name_in_text for link in document.links)
        assert not re.search(r"\{#|\[\[[a-z-]+\]\]", document.text)
        assert document.sections


def test_the_graph_has_the_six_steps_in_order(corpus: Path) -> None:
    graph = read_concept_graph(corpus)
    assert [step.number for step in graph.steps] == [1, 2, 3, 4, 5, 6]
    for step in graph.steps:
        assert graph.of_step(step.number)


def test_resources_are_found_by_id_in_the_order_of_the_file(corpus: Path) -> None:
    resources = read_resources(corpus)
    in_file = re.findall(r"^ *- id: (\S+)", (corpus / "resources.yaml").read_text(), re.MULTILINE)
    assert list(resources) == in_file
    assert all(resource.id == id_ for id_, resource in resources.items())


def test_quizzes_are_found_by_concept(corpus: Path) -> None:
    quizzes = read_quizzes(corpus)
    assert set(quizzes) == {path.stem for path in corpus.glob("quizzes/*/*.yaml")}
    assert quizzes["lists"][0]["prompt"] == "What is a list in Python?"


# Lines, anchors, dialect


@given(st.text("ab\n\r\u2028\x0c\x85"))
def test_line_starts_cut_a_text_where_markdown_does(text: str) -> None:
    lines = [text[start:end] for start, end in pairwise(line_starts(text))]
    assert "".join(lines) == text
    assert all(re.search(r"(\n|\r)$", line) for line in lines[:-1])
    assert [line.rstrip("\r\n") for line in lines] == re.split(r"\r\n|\r|\n", text)[: len(lines)]


@given(st.text())
def test_a_slug_is_fit_for_an_address_and_final(heading: str) -> None:
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slug(heading))
    assert slug(slug(heading)) == slug(heading)


def test_raw_html_is_text() -> None:
    assert "&lt;script&gt;" in markdown_parser().render("<script>x</script>\n\na <b>b</b>")


def test_dollars_hold_formulas() -> None:
    tokens = markdown_parser().parse("So $x$.\n\n$$\ny\n$$\n")
    formulas = [token for token in tokens if token.type == "math_block"]
    formulas += [child for token in tokens for child in token.children or () if child.type == "math_inline"]
    assert [formula.content.strip() for formula in formulas] == ["y", "x"]
