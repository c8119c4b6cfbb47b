import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.concept_graph import ConceptGraph
from corpus.content import Concept, Document, Step
from corpus.reader import read_document
from ingest.passages import MAX_WORDS, Passage, cut_passages, sha256

GRAPH = ConceptGraph([Step(1, "python-basics", "Python basics")], [Concept("lists", "Lists", 1)])

SIZES = st.one_of(st.integers(1, 40), st.integers(150, 260))


@st.composite
def bodies(draw: st.DrawFn) -> tuple[str, list[list[tuple[str, str]]]]:
    """A body, and of each section its blocks with their kinds. No two blocks are alike."""
    lines, sections = ["# Title", ""], []
    for number in range(draw(st.integers(1, 2))):
        lines += [f"## Part {number}", *[""] * draw(st.integers(0, 2))]
        blocks: list[tuple[str, str]] = []
        for kind in draw(
            st.lists(st.sampled_from(["text", "list", "code", "output", "formula"]), min_size=1, max_size=6)
        ):
            words = [f"w{number}x{len(blocks)}y{position}" for position in range(draw(SIZES))]
            mark = "-*"[len(blocks) % 2]  # Two lists with one mark would be one list.
            blocks.append((kind, block_of(kind, words, mark)))
            lines += [blocks[-1][1], *[""] * draw(st.integers(1, 2))]
        sections.append(blocks)
    body = "\n".join(lines)
    return draw(st.sampled_from([body, body.rstrip("\n")])), sections


def block_of(kind: str, words: list[str], mark: str = "-") -> str:
    match kind:
        case "list":
            return "\n".join(f"{mark} {' '.join(words[first : first + 50])}" for first in range(0, len(words), 50))
        case "code":
            return "\n".join(["```python", *words, "", "```"])
        case "output":
            return "\n".join(["```text output", *words, "```"])
        case "formula":
            return "$$\n" + " + ".join(words) + "\n$$"
    return " ".join(words)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("passages")


def read(folder: Path, body: str, concept: str = "lists") -> Document:
    path = folder / "note.md"
    path.write_text(f"---\nconcept: {concept}\nsummary: One.\n---\n\n{body}")
    return read_document(path, folder, GRAPH, {})


def words(count: int, word: str = "word") -> str:
    return " ".join([word] * count)


def in_one_section(*blocks: str) -> str:
    return "# Title\n\n## Part\n\n" + "\n\n".join(blocks) + "\n"


# Spans and lines


@given(bodies())
def test_the_text_of_a_passage_is_a_span_of_its_document(folder: Path, body: tuple[str, object]) -> None:
    document = read(folder, body[0])
    for passage in cut_passages(document):
        assert passage.text == document.text[passage.start : passage.start + len(passage.text)]
        assert passage.text == passage.text.strip()
        assert passage.sha256 == sha256(passage.text)


@given(bodies())
def test_the_lines_of_a_passage_are_its_lines_in_the_file(folder: Path, body: tuple[str, object]) -> None:
    document = read(folder, body[0])
    in_file = (folder / document.path).read_text().split("\n")
    for passage in cut_passages(document):
        first, last = passage.lines
        assert "\n".join(in_file[first - 1 : last]) == passage.text


@given(bodies())
def test_every_block_is_whole_in_one_passage_in_order(
    folder: Path, body: tuple[str, list[list[tuple[str, str]]]]
) -> None:
    passages = cut_passages(read(folder, body[0]))
    for number, blocks in enumerate(body[1]):
        texts = [passage.text for passage in passages if passage.anchor == f"part-{number}"]
        assert "".join("".join(texts).split()) == "".join("".join(block for _, block in blocks).split())
        for _, block in blocks:
            assert sum(block in text for text in texts) == 1


# Sizes


@given(bodies())
def test_a_passage_is_short_unless_one_block_is_long(
    folder: Path, body: tuple[str, list[list[tuple[str, str]]]]
) -> None:
    all_blocks = [(kind, block) for blocks in body[1] for kind, block in blocks]
    for passage in cut_passages(read(folder, body[0])):
        kinds = [kind for kind, block in all_blocks if block in passage.text]
        is_one_block = all(kind in ("output", "formula") for kind in kinds[1:])
        assert len(passage.text.split()) <= MAX_WORDS or is_one_block


def test_a_section_within_the_limit_is_one_passage(folder: Path) -> None:
    assert len(cut_passages(read(folder, in_one_section(*[words(50)] * 4)))) == 1


def test_a_section_over_the_limit_is_cut_into_like_parts(folder: Path) -> None:
    passages = cut_passages(read(folder, in_one_section(*[words(41)] * 6)))
    assert [len(passage.text.split()) for passage in passages] == [123, 123]
    assert [passage.ordinal for passage in passages] == [0, 1]


@pytest.mark.parametrize(
    "block", [words(300), "```python\n" + words(300) + "\n```", "- " + "\n- ".join(["word"] * 300)]
)
def test_a_block_over_the_limit_stays_whole(folder: Path, block: str) -> None:
    texts = [passage.text for passage in cut_passages(read(folder, in_one_section("Before.", block, "After.")))]
    assert block in texts


def test_sections_are_never_joined(folder: Path) -> None:
    passages = cut_passages(read(folder, "# Title\n\n## One\n\nA.\n\n## Two\n\nB.\n\n### Three\n\nC.\n"))
    assert [(passage.heading, passage.text) for passage in passages] == [
        ("One", "A."),
        ("Two", "B."),
        ("Two > Three", "C."),
    ]


# What belongs together


@given(st.integers(1, 250), st.integers(1, 250))
def test_the_output_of_code_stays_with_its_code(folder: Path, code_words: int, output_words: int) -> None:
    code, output = block_of("code", ["c"] * code_words), block_of("output", ["o"] * output_words)
    passages = cut_passages(read(folder, in_one_section(words(120), code, output, words(120))))
    assert any(f"{code}\n\n{output}" in passage.text for passage in passages)


@given(st.integers(1, 250), st.integers(1, 3))
def test_formulas_stay_with_what_precedes_them(folder: Path, words_before: int, formulas: int) -> None:
    together = "\n\n".join([words(words_before, "before"), *["$$\nx = 1\n$$"] * formulas])
    passages = cut_passages(read(folder, in_one_section(words(120), together, words(120))))
    assert any(together in passage.text for passage in passages)


def test_a_formula_at_the_start_of_a_section_stands_there(folder: Path) -> None:
    body = "# Title\n\n## One\n\nA.\n\n## Two\n\n$$\nx\n$$\n\nB.\n"
    assert [passage.text for passage in cut_passages(read(folder, body))] == ["A.", "$$\nx\n$$\n\nB."]


# Names


@given(bodies())
def test_no_two_passages_have_one_id(folder: Path, body: tuple[str, object]) -> None:
    ids = [passage.id for passage in cut_passages(read(folder, body[0]))]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[0-9a-f]{16}", id_) for id_ in ids)


@given(bodies(), st.sampled_from(["other", "é", "0.5"]))
def test_ids_outlive_an_edit_of_the_text(folder: Path, body: tuple[str, object], word: str) -> None:
    edited = re.sub(r"\bw\d\w+", word, body[0])
    before, after = cut_passages(read(folder, body[0])), cut_passages(read(folder, edited))
    assert [passage.id for passage in before] == [passage.id for passage in after]
    assert all(old.sha256 != new.sha256 for old, new in zip(before, after, strict=True))


def test_ids_outlive_new_sections_and_headings_with_the_same_anchor(folder: Path) -> None:
    old = cut_passages(read(folder, "# Title\n\n## Old words {#kept}\n\nA.\n"))
    new = cut_passages(read(folder, "# Title\n\n## Before\n\nB.\n\n## New words {#kept}\n\nA.\n"))
    assert new[1].id == old[0].id


def test_the_same_section_of_two_documents_has_two_ids(tmp_path: Path) -> None:
    graph = ConceptGraph(GRAPH.steps, [*GRAPH, Concept("sets", "Sets", 1)])
    ids = set()
    for concept in ("lists", "sets"):
        path = tmp_path / f"{concept}.md"
        path.write_text(f"---\nconcept: {concept}\n---\n# Title\n\n## Idea\n\nSame.\n")
        ids |= {passage.id for passage in cut_passages(read_document(path, tmp_path, graph, {}))}
    assert len(ids) == 2


# What goes on


def test_a_passage_knows_where_it_comes_from(folder: Path) -> None:
    (passage,) = cut_passages(read(folder, "# My title\n\n## Idea {#the-idea}\n\nSo.\n"))
    assert (passage.document, passage.kind, passage.step, passage.concept) == ("lists", "note", 1, "lists")
    assert (passage.title, passage.heading, passage.anchor) == ("My title", "Idea", "the-idea")
    assert (passage.path, passage.lines) == ("note.md", (10, 10))


def test_what_is_embedded_begins_with_the_path_of_headings(folder: Path) -> None:
    passage = cut_passages(read(folder, "# Lists\n\n## Mistakes\n\n### Copies\n\nNo.\n"))[0]
    assert passage.embedding_content() == "Lists > Mistakes > Copies\nNo."


@given(bodies())
def test_a_passage_survives_json(folder: Path, body: tuple[str, object]) -> None:
    for passage in cut_passages(read(folder, body[0])):
        assert Passage.from_json(json.loads(json.dumps(passage.to_json()))) == passage


def test_a_document_without_text_has_no_passages(folder: Path) -> None:
    assert cut_passages(read(folder, "# Title\n\n## Empty\n\n## Also\n")) == []
