import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.reader import read_quizzes
from ingest.calibration import fit_gate, off_topic_questions, usable_prompts
from ingest.embedding import Vectors
from ingest.settings import IngestSettings
from ingest.snapshots import OpenSnapshot

PASSAGES = np.array([[1, 0, 0], [0, 0, 1]], dtype=np.float32)


def questions(*cosines: float) -> Vectors:
    """Unit rows whose best cosine with the passages is as given."""
    return np.array([(cosine, np.sqrt(1 - cosine**2), 0) for cosine in cosines], dtype=np.float32).reshape(-1, 3)


HIGH = st.lists(st.floats(0.5, 1), min_size=1, max_size=20)
LOW = st.lists(st.floats(0, 0.45), min_size=1, max_size=20)
ANY = st.lists(st.floats(0, 1), min_size=2, max_size=20, unique_by=lambda cosine: round(cosine, 2))


@given(HIGH, LOW)
def test_the_threshold_separates_what_can_be_separated(good: list[float], bad: list[float]) -> None:
    gate = fit_gate(PASSAGES, questions(*good), questions(*bad))
    assert max(bad) < gate.threshold < min(good)
    assert (gate.in_scope_kept, gate.off_topic_refused) == (1, 1)


def test_the_threshold_lies_halfway_between_its_neighbours() -> None:
    gate = fit_gate(PASSAGES, questions(0.6, 0.9), questions(0.1, 0.4))
    assert gate.threshold == pytest.approx(0.5, abs=1e-4)


def test_a_false_refusal_weighs_more_than_a_false_answer() -> None:
    # At .5 half of the good are refused and no bad is kept; at .25 no good is refused and three of four bad are kept.
    gate = fit_gate(PASSAGES, questions(0.3, 0.6), questions(0.2, 0.4, 0.4, 0.4))
    assert gate.threshold == pytest.approx(0.25, abs=1e-4)
    assert (gate.in_scope_kept, gate.off_topic_refused) == (1, 0.25)


def test_a_false_refusal_does_not_weigh_without_limit() -> None:
    good = [0.1, *[0.6] * 99]
    gate = fit_gate(PASSAGES, questions(*good), questions(0.05, *[0.3] * 99))
    assert gate.threshold == pytest.approx(0.45, abs=1e-4)
    assert gate.in_scope_kept == 0.99


@given(ANY, ANY)
def test_the_rates_are_those_of_the_two_sets(good: list[float], bad: list[float]) -> None:
    gate = fit_gate(PASSAGES, questions(*good), questions(*bad))
    close = [cosine for cosine in (*good, *bad) if abs(cosine - gate.threshold) < 1e-3]
    kept = sum(cosine >= gate.threshold for cosine in good) / len(good)
    refused = sum(cosine < gate.threshold for cosine in bad) / len(bad)
    assert gate.in_scope_kept == pytest.approx(kept, abs=1e-4 + len(close) / len(good))
    assert gate.off_topic_refused == pytest.approx(refused, abs=1e-4 + len(close) / len(bad))


def test_without_a_quiz_the_threshold_is_the_one_that_was_measured() -> None:
    gate = fit_gate(PASSAGES, questions(), questions(0.1, 0.2, 0.5, 0.6))
    assert gate.threshold == 0.4
    assert (gate.in_scope_kept, gate.off_topic_refused) == (1, 0.5)


def test_the_gate_of_real_notes_keeps_their_questions_and_refuses_others(snapshot: OpenSnapshot) -> None:
    gate = snapshot.snapshot.manifest.gate
    assert 0.2 < gate.threshold < 0.6
    assert gate.in_scope_kept >= 0.95
    assert gate.off_topic_refused >= 0.9


# The two sets


def test_a_usable_prompt_is_a_short_question() -> None:
    assert usable_prompts(["What is a list?", "Name a list.", "word " * 24 + "end?", "word " * 25 + "end?", ""]) == [
        "What is a list?",
        "word " * 24 + "end?",
    ]


def test_the_off_topic_list_is_long_and_says_nothing_twice() -> None:
    shipped = off_topic_questions()
    assert len(shipped) >= 60
    assert all(question.strip() == question != "" for question in shipped)
    assert len({" ".join(question.casefold().split()) for question in shipped}) == len(shipped)


def test_no_off_topic_question_is_a_quiz_prompt(indexed: IngestSettings) -> None:
    prompts = {item["prompt"].casefold() for items in read_quizzes(indexed.corpus).values() for item in items}
    assert prompts.isdisjoint(question.casefold() for question in off_topic_questions())
