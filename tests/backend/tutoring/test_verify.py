"""A model's sentence is bound to the words it rests on, or it is general."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.tutoring.verify import Attribution, Evidence, SentenceSplitter
from ingest.embedding import Embedding
from ingest.sentences import cut_units
from ingest.snapshots import OpenSnapshot

FRAGMENTS = st.sampled_from(
    [
        *("A cost falls.", "It", "Then", "e.g.", "etc.", "pandas", "k-means", "x_i", "0.5", "Why?", "No.", "Bar", "b"),
        *(" ", "\n", "\n\n", "  ", "\n\n\n", ".", "!", "?", '"', ")", "(", "*", "-", "1."),
        *("`", "``", "```", "\n```", "```python\n", "\n```\n", "$", "$$", "[x](a.b)", "http://a.b", "`a. B`", "$x. Y$"),
    ]
)
TEXTS = st.lists(FRAGMENTS, max_size=16).map("".join) | st.text("Ab. `$\n", max_size=30)


def split(*chunks: str) -> list[str]:
    splitter = SentenceSplitter()
    pieces = [piece for chunk in chunks for piece in splitter.feed(chunk)]
    return [*pieces, *splitter.rest()]


@given(TEXTS)
def test_the_pieces_put_together_are_the_text(text: str) -> None:
    assert "".join(split(text)) == text


@given(TEXTS, st.lists(st.integers(0, 60), max_size=6))
def test_the_pieces_are_the_same_wherever_the_stream_is_cut(text: str, cuts: list[int]) -> None:
    bounds = [0, *sorted(min(cut, len(text)) for cut in cuts), len(text)]
    chunks = [text[start:end] for start, end in pairwise(bounds)]
    assert split(*chunks) == split(text)
    assert split(*text) == split(text)


@given(TEXTS)
def test_no_piece_is_empty(text: str) -> None:
    assert all(split(text))


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("One is here. Two, e.g. this one. Three", ["One is here. ", "Two, e.g. this one. ", "Three"]),
        ("\n\nOne is here. Two is here.", ["\n\nOne is here. ", "Two is here."]),
        ("Call `a. B` now. Then go.", ["Call `a. B` now. ", "Then go."]),
        ("It costs $5. That is all. Good.", ["It costs $5. ", "That is all. ", "Good."]),
        ("No full stop here\n\nA new paragraph", ["No full stop here\n\n", "A new paragraph"]),
        (
            "See:\n```python\na = 1\n\n```\nIt is. Good.",
            ["See:\n", "```python\na = 1\n\n```\n", "It is. ", "Good."],
        ),
        ("```python\na = 1. B", ["```python\na = 1. B"]),
        ("```\na\n```\n\n\nIt is. Good.", ["```\na\n```\n", "\n\nIt is. ", "Good."]),
    ],
)
def test_sentences_paragraphs_and_code_are_pieces(text: str, pieces: list[str]) -> None:
    assert split(text) == pieces


def test_a_sentence_comes_out_before_the_next_one_ends() -> None:
    splitter = SentenceSplitter()
    assert list(splitter.feed("The cost falls. The weight ")) == ["The cost falls. "]


@pytest.fixture
def evidence(snapshot: OpenSnapshot) -> Evidence:
    passages = [entry.passage for entry in snapshot.passages.values() if entry.passage.concept == "gradient-descent"]
    return Evidence.of(snapshot, [(passage, 0.7) for passage in passages], "Does 4711 steps of gradient descent work?")


def attribute(evidence: Evidence, embedding: Embedding, sentence: str) -> Attribution:
    return evidence.attribute(sentence, embedding.embed_one(sentence))


def test_every_unit_of_the_passages_is_evidence(evidence: Evidence, snapshot: OpenSnapshot) -> None:
    passages = {quotation.passage.id: quotation.passage for quotation in evidence.quotations}
    assert len(evidence.quotations) == len(evidence.vectors)
    assert len(evidence.quotations) == sum(len(cut_units(passage.text)) for passage in passages.values())


def test_a_sentence_of_the_notes_rests_on_itself(evidence: Evidence, embedding: Embedding) -> None:
    quotation = next(quotation for quotation in evidence.quotations if quotation.unit.kind == "sentence")
    attribution = attribute(evidence, embedding, quotation.text)
    assert attribution.quotation == quotation
    assert attribution.support == pytest.approx(1, abs=1e-3)


def test_a_sentence_in_other_words_rests_on_the_nearest_words(evidence: Evidence, embedding: Embedding) -> None:
    attribution = attribute(evidence, embedding, "Gradient descent makes a cost smaller in small steps.")
    assert attribution.quotation is not None
    assert "gradient descent" in attribution.quotation.text.lower()
    assert 0.6 <= attribution.support < 1


@pytest.mark.parametrize(
    "sentence",
    [
        "The Eiffel Tower stands in Paris.",
        "Gradient descent lowers a cost in 9283 small steps.",
        "Gradient descent lowers a cost when you call `torch.optim.Lion`.",
    ],
    ids=["another subject", "a number of its own", "a name of its own"],
)
def test_a_sentence_with_facts_of_its_own_rests_on_nothing(
    evidence: Evidence, embedding: Embedding, sentence: str
) -> None:
    assert attribute(evidence, embedding, sentence).quotation is None


def test_a_number_of_the_question_may_be_said_again(evidence: Evidence, embedding: Embedding) -> None:
    sentence = "Gradient descent lowers a cost in 4711 small steps."
    assert attribute(evidence, embedding, sentence).quotation is not None


@pytest.mark.parametrize("number", ["471", "711"])
def test_a_part_of_a_known_number_is_another_number(evidence: Evidence, embedding: Embedding, number: str) -> None:
    sentence = f"Gradient descent lowers a cost in {number} small steps."
    assert attribute(evidence, embedding, sentence).quotation is None
