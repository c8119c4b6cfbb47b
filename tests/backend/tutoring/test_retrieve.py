"""The best passages for a question, its step and its concepts."""

from dataclasses import replace

import pytest

from backend.tutoring.retrieve import Asked, Candidate, concepts_of, retrieve, step_of
from ingest.embedding import Embedding
from ingest.snapshots import OpenSnapshot

QUESTIONS = [
    ("How do I look up a key in a dictionary?", 1, "dictionaries"),
    ("What does the derivative of a function tell me?", 2, "derivatives"),
    ("operands could not be broadcast together", 3, "broadcasting"),
    ("My training accuracy is 99% but the test accuracy is bad", 4, "overfitting-and-underfitting"),
    ("What are queries, keys and values?", 5, "attention"),
    ("How do I submit to a Kaggle competition?", 6, "kaggle-platform"),
]


def ranked(
    snapshot: OpenSnapshot, embedding: Embedding, question: str, limit: int = 12, **more: object
) -> list[Candidate]:
    return retrieve(snapshot, Asked.of(question, embedding), limit=limit, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("question", "step", "concept"), QUESTIONS)
def test_a_question_finds_its_concept_and_its_step(
    snapshot: OpenSnapshot, embedding: Embedding, question: str, step: int, concept: str
) -> None:
    found = ranked(snapshot, embedding, question)
    guess = step_of(found, snapshot.snapshot.graph)
    assert found[0].concept == concept
    assert guess is not None
    assert guess.number == step
    assert guess.title == snapshot.snapshot.graph.step(step).title
    assert 0 < guess.confidence <= 1


def test_the_best_passage_comes_first_and_none_comes_twice(snapshot: OpenSnapshot, embedding: Embedding) -> None:
    found = ranked(snapshot, embedding, "What is gradient descent?", limit=20)
    scores = [candidate.score for candidate in found]
    assert scores == sorted(scores, reverse=True)
    assert len({candidate.entry.passage.id for candidate in found}) == len(found) == 20


def test_cosines_are_those_of_the_vectors(snapshot: OpenSnapshot, embedding: Embedding) -> None:
    question = "What is gradient descent?"
    found = ranked(snapshot, embedding, question, limit=3)
    for candidate in found:
        asked, passage = embedding.embed([question, candidate.entry.passage.embedding_content()])
        assert candidate.cosine == pytest.approx(float(asked @ passage), abs=1e-3)


def test_a_passage_that_shares_rare_words_is_found_though_its_vector_is_far(
    snapshot: OpenSnapshot, embedding: Embedding
) -> None:
    elsewhere = Asked.of("pizza in Rome", embedding)
    asked = Asked("operands could not be broadcast together", elsewhere.vector, elsewhere.tokens)
    found = retrieve(snapshot, asked, limit=40)
    assert "broadcasting" in {candidate.concept for candidate in found}


def test_the_learners_step_is_preferred_but_does_not_decide(snapshot: OpenSnapshot, embedding: Embedding) -> None:
    question = "What are queries, keys and values?"
    plain = {candidate.entry.passage.id: candidate.score for candidate in ranked(snapshot, embedding, question)}
    helped = ranked(snapshot, embedding, question, step=1)
    raised = [candidate for candidate in helped if candidate.score > plain.get(candidate.entry.passage.id, 1) + 1e-6]
    assert {candidate.step for candidate in raised} <= {1}
    assert helped[0].concept == "attention"


def test_a_passage_whose_words_meet_those_of_the_question_is_preferred(
    snapshot: OpenSnapshot, embedding: Embedding
) -> None:
    question = Asked.of("What is gradient descent?", embedding)
    other = Asked.of("What are queries, keys and values?", embedding)
    plain = {it.entry.passage.id: it.score for it in retrieve(snapshot, question, limit=20)}
    mixed = {it.entry.passage.id: it for it in retrieve(snapshot, replace(question, tokens=other.tokens), limit=20)}
    gained = {it.concept: it.score - plain[id_] for id_, it in mixed.items() if id_ in plain}
    assert gained["gradient-descent"] < 0


@pytest.mark.parametrize("kind", ["note", "resource"])
def test_only_the_wanted_kinds_are_found(snapshot: OpenSnapshot, embedding: Embedding, kind: str) -> None:
    found = ranked(snapshot, embedding, "machine learning course", limit=50, kinds=[kind])
    assert {candidate.entry.passage.kind for candidate in found} == {kind}


def test_a_concept_is_named_once_with_its_best_score(snapshot: OpenSnapshot, embedding: Embedding) -> None:
    found = ranked(snapshot, embedding, "What is gradient descent?")
    concepts = concepts_of(found, snapshot.snapshot.graph)
    assert concepts[0].id == "gradient-descent"
    assert concepts[0].name == snapshot.snapshot.graph["gradient-descent"].name
    assert len({concept.id for concept in concepts}) == len(concepts) <= 3
    assert all(0 <= concept.score <= 1 for concept in concepts)


def test_without_candidates_there_is_no_step(snapshot: OpenSnapshot) -> None:
    assert step_of([], snapshot.snapshot.graph) is None
