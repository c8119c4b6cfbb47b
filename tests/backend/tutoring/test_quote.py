"""The answer in the notes' own words."""

import pytest

from backend.tutoring.quote import MAX_SENTENCES, Quotation, quote
from backend.tutoring.retrieve import CANDIDATES, Asked, retrieve
from ingest.embedding import Embedding
from ingest.refresh import refresh
from ingest.settings import IngestSettings
from ingest.snapshots import OpenSnapshot, SnapshotStore

QUESTIONS = [
    "What is gradient descent?",
    "How do I filter a list in one line?",
    "What is overfitting?",
    "How do I compute a matrix product in numpy?",
    "Should I take the Machine Learning Specialization?",
    "Where do I start?",
]


def quoted(snapshot: OpenSnapshot, embedding: Embedding, question: str) -> list[Quotation]:
    asked = Asked.of(question, embedding)
    return quote(snapshot, retrieve(snapshot, asked, limit=CANDIDATES), asked)


@pytest.mark.parametrize("question", QUESTIONS)
def test_one_to_four_different_sentences_are_quoted_word_for_word(
    snapshot: OpenSnapshot, embedding: Embedding, question: str
) -> None:
    found = quoted(snapshot, embedding, question)
    sentences = [quotation.text for quotation in found if quotation.unit.kind == "sentence"]
    assert 1 <= len(set(sentences)) == len(sentences) <= MAX_SENTENCES
    for quotation in found:
        stored = snapshot.passages[quotation.passage.id].passage.text
        assert stored[quotation.unit.start : quotation.unit.end] == quotation.text == quotation.text.strip()


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_best_sentence_comes_first_and_the_others_of_a_passage_in_reading_order(
    snapshot: OpenSnapshot, embedding: Embedding, question: str
) -> None:
    found = [quotation for quotation in quoted(snapshot, embedding, question) if quotation.unit.kind == "sentence"]
    assert found[0].score == max(quotation.score for quotation in found)
    passages = [quotation.passage.id for quotation in found]
    assert passages == sorted(passages, key=passages.index)
    for passage in passages:
        starts = [quotation.unit.start for quotation in found[1:] if quotation.passage.id == passage]
        assert starts == sorted(starts)


@pytest.mark.parametrize(
    "name", ["gradient descent", "overfitting", "broadcasting", "a derivative", "matrix multiplication"]
)
def test_a_question_for_a_meaning_gets_the_sentence_that_says_it(
    snapshot: OpenSnapshot, embedding: Embedding, name: str
) -> None:
    texts = [quotation.text.lower() for quotation in quoted(snapshot, embedding, f"What is {name}?")]
    subject = name.removeprefix("a ")
    assert any(subject in text.split(" is ")[0] for text in texts if " is " in text)


def test_the_sentence_that_makes_a_mistake_tempting_is_never_quoted(
    snapshot: OpenSnapshot, embedding: Embedding
) -> None:
    mistakes = [
        entry.passage
        for entry in snapshot.passages.values()
        if entry.passage.heading.startswith("Common mistakes > ") and entry.passage.ordinal == 0
    ]
    assert len(mistakes) > 30
    for passage in mistakes[::3]:
        tempting = snapshot.passages[passage.id].units[0].of(passage.text)
        found = quoted(snapshot, embedding, tempting)
        assert tempting not in [quotation.text for quotation in found]


def test_a_label_in_bold_is_no_sentence_to_quote(own_home: IngestSettings, embedding: Embedding) -> None:
    note = own_home.corpus / "notes" / "python-basics" / "lists.md"
    note.write_text(
        note.read_text().replace("## Idea\n\n", "## Idea\n\n**Zebra lists.** Zebra lists have stripes.\n", 1)
    )
    refresh(own_home, embedding)
    with OpenSnapshot(SnapshotStore(own_home.home).current()) as opened:
        texts = [quotation.text for quotation in quoted(opened, embedding, "zebra lists")]
    assert "Zebra lists have stripes." in texts
    assert "**Zebra lists.**" not in texts


def test_a_question_that_asks_how_gets_the_code(snapshot: OpenSnapshot, embedding: Embedding) -> None:
    found = quoted(snapshot, embedding, "How do I write a gradient descent loop in Python?")
    assert [quotation.unit.kind for quotation in found].count("code") == 1
    assert found[-1].text.startswith("```python")


def test_a_question_that_asks_what_gets_no_code(snapshot: OpenSnapshot, embedding: Embedding) -> None:
    kinds = {quotation.unit.kind for quotation in quoted(snapshot, embedding, "What is gradient descent?")}
    assert kinds == {"sentence"}


def test_without_candidates_nothing_is_quoted(snapshot: OpenSnapshot, embedding: Embedding) -> None:
    assert quote(snapshot, [], Asked.of("What?", embedding)) == []
