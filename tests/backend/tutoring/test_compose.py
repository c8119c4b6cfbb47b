"""How an answer reads."""

from pathlib import Path

import pytest

from backend.tutoring.answer import ConceptName, Sentence, Source
from backend.tutoring.compose import (
    explanation_piece,
    follow_ups,
    not_covered,
    quote_piece,
    source_of,
    source_of_passage,
    with_marks,
)
from backend.tutoring.quote import Quotation
from backend.tutoring.retrieve import Candidate
from ingest.passages import sha256
from ingest.settings import IngestSettings
from ingest.snapshots import OpenSnapshot


def source(snapshot: OpenSnapshot, unit: int = 0, number: int = 1, concept: str = "lists") -> Source:
    """A unit of the section "Idea" of a note."""
    entries = (entry for entry in snapshot.passages.values() if entry.passage.concept == concept)
    entry = next(entry for entry in entries if entry.passage.heading == "Idea")
    return source_of(number, Quotation(entry.passage, entry.units[unit], 0.7, 0.7), snapshot.id)


def quoted(found: Source) -> Sentence:
    return Sentence(text=found.quote, origin="quote", citations=[found.n], support=1.0)


def test_a_source_can_be_checked_against_its_passage_and_its_file(
    snapshot: OpenSnapshot, indexed: IngestSettings
) -> None:
    for entry in snapshot.passages.values():
        for unit in entry.units:
            found = source_of(1, Quotation(entry.passage, unit, 0.7, 0.7), snapshot.id)
            assert entry.passage.text[found.start : found.end] == found.quote
            assert found.sha256 == sha256(found.quote)
            first, last = found.locator.lines
            lines = Path(indexed.corpus, found.locator.path).read_text("utf-8").splitlines()[first - 1 : last]
            assert len(lines) == found.quote.count("\n") + 1
            # A link `[[…]]` is words in the text, so compare where there is none.
            if "[[" not in "\n".join(lines):
                assert found.quote in "\n".join(lines)


def test_a_sources_address_names_snapshot_passage_and_span(snapshot: OpenSnapshot) -> None:
    found = source(snapshot, 1)
    place = f"snapshot={snapshot.id}&passage={found.passage_id}&start={found.start}&end={found.end}"
    assert found.url == f"/notes/lists?{place}#{found.locator.anchor}"


def test_a_whole_passage_is_a_source_too(snapshot: OpenSnapshot) -> None:
    entry = next(iter(snapshot.passages.values()))
    found = source_of_passage(4, Candidate(entry, 0.5, 0.6), snapshot.id)
    assert (found.n, found.quote, found.score) == (4, entry.passage.text, 0.6)


def test_sentences_of_one_passage_run_on(snapshot: OpenSnapshot) -> None:
    first, second = source(snapshot), source(snapshot, 1, number=2)
    assert quote_piece(quoted(first), first, None) == f"{first.quote} [1]"
    assert quote_piece(quoted(second), second, first) == f" {second.quote} [2]"


def test_another_passage_begins_a_paragraph(snapshot: OpenSnapshot) -> None:
    first = source(snapshot)
    other = source(snapshot, number=2, concept="attention")
    assert quote_piece(quoted(other), other, first) == f"\n\n{other.quote} [2]"


def test_a_code_block_keeps_its_fence_apart_from_its_mark(snapshot: OpenSnapshot) -> None:
    entries = (entry for entry in snapshot.passages.values() if any(unit.kind == "code" for unit in entry.units))
    passage, unit = next((entry.passage, unit) for entry in entries for unit in entry.units if unit.kind == "code")
    block = source_of(2, Quotation(passage, unit, 0.7, 0.7), snapshot.id)
    before = source(snapshot)
    assert quote_piece(quoted(block), block, before) == f"\n\n{block.quote}\n\n[2]"


@pytest.mark.parametrize(
    ("text", "citations", "words"),
    [
        ("It falls. ", [1, 3], "It falls. [1] [3] "),
        ("It falls.\n", [], "It falls. *(not from the notes)*\n"),
        ("```python\na\n```\n", [2], "```python\na\n```\n\n[2]\n"),
    ],
)
def test_a_sentence_shows_its_sources_or_that_it_has_none(text: str, citations: list[int], words: str) -> None:
    assert with_marks(Sentence(text=text, origin="model", citations=citations, support=0.7)) == words


@pytest.mark.parametrize(("before", "gap"), [("\n\n**Explanation:** ", "\n\n"), ("It falls. [1]\n", "")])
def test_code_of_a_model_begins_a_line_of_its_own(before: str, gap: str) -> None:
    sentence = Sentence(text="```python\na\n```\n", origin="model", citations=[1], support=0.7)
    assert explanation_piece(sentence, before) == f"{gap}```python\na\n```\n\n[1]\n"


def test_what_is_not_covered_names_what_is_near() -> None:
    near = [ConceptName(id="lists", name="Lists"), ConceptName(id="sets", name="Sets")]
    assert not_covered(near).endswith("The nearest things they cover: Lists, Sets.")
    assert "nearest" not in not_covered([])


def test_follow_ups_are_a_belief_of_the_note_and_its_neighbours_that_have_notes(snapshot: OpenSnapshot) -> None:
    questions = follow_ups(snapshot, "gradient-descent", [])
    note = snapshot.snapshot.documents["gradient-descent"]
    beliefs = {section.heading.split(" > ")[1] for section in note.sections if " > " in section.heading}
    assert questions[0].removeprefix("True or false: ").removesuffix("?") in beliefs
    graph, documents = snapshot.snapshot.graph, snapshot.snapshot.documents
    neighbours = {*graph["gradient-descent"].prerequisites, *(after.id for after in graph.after("gradient-descent"))}
    named = {concept.id for question in questions[1:] for concept in graph.named_in(question)}
    assert named <= neighbours & documents.keys()


def test_a_belief_that_was_quoted_is_not_asked_again(snapshot: OpenSnapshot) -> None:
    note = snapshot.snapshot.documents["gradient-descent"]
    first = next(section for section in note.sections if " > " in section.heading)
    entry = next(entry for entry in snapshot.passages.values() if entry.passage.anchor == first.anchor)
    quotation = Quotation(entry.passage, entry.units[0], 0.7, 0.7)
    assert first.heading.split(" > ")[1] not in follow_ups(snapshot, "gradient-descent", [quotation])[0]
