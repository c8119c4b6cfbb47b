"""The gate: what it looks at, how it is fitted, and what its rates mean."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.coverage import fit_gate, signals, uncovered_questions
from ingest.embedding import DIMENSION, Embedding, Vectors
from ingest.snapshots import Gate, OpenSnapshot


def rows(*vectors: tuple[float, ...]) -> Vectors:
    return np.array(vectors, dtype=np.float32)


def around(centre: int, count: int, seed: int, spread: float = 0.02) -> Vectors:
    """Unit rows near one axis."""
    vectors = np.random.default_rng(seed).normal(0, spread, (count, DIMENSION))
    vectors[:, centre] += 1
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


class TestSignals:
    def test_they_are_the_best_cosine_and_the_mean_of_the_best_three_of_each_kind(self) -> None:
        texts = rows((1, 0), (0.6, 0.8), (0, 1), (-1, 0))
        found = signals(rows((1, 0)), [texts, texts[:2]])
        np.testing.assert_allclose(found, [[1, (1 + 0.6 + 0) / 3, 1, 0.8]], atol=1e-6)

    def test_a_question_does_not_count_as_its_own_evidence(self) -> None:
        texts = rows((1, 0), (0.6, 0.8))
        found = signals(texts, [texts, texts], own=np.array([0, 1]))
        np.testing.assert_allclose(found[:, 2], [0.6, 0.6], atol=1e-6)
        np.testing.assert_allclose(found[:, 0], [1, 1], atol=1e-6)

    def test_a_kind_without_texts_says_nothing(self) -> None:
        np.testing.assert_array_equal(signals(rows((1, 0)), [rows((1, 0)), np.zeros((0, 2), np.float32)])[:, 2:], 0)

    @given(count=st.integers(1, 600))
    def test_many_questions_are_looked_at_as_one_is(self, count: int) -> None:
        questions, texts = around(0, count, seed=1, spread=0.5), around(1, 7, seed=2, spread=0.5)
        one = signals(questions[-1:], [texts])
        np.testing.assert_allclose(signals(questions, [texts])[-1:], one, atol=1e-5)


class TestTheFittedGate:
    def test_it_parts_what_is_near_the_notes_from_what_is_not(self) -> None:
        texts, outside = around(0, 40, seed=1), around(1, 300, seed=2)
        pointers = around(0, 300, seed=3)
        gate = fit_gate(texts, texts, pointers, outside)

        def kept(questions: Vectors) -> float:
            found = signals(questions, (texts, texts, pointers))
            return float(np.mean([gate.margin(row, vector) >= 0 for row, vector in zip(found, questions, strict=True)]))

        assert kept(around(0, 200, seed=4)) > 0.85
        assert kept(around(1, 200, seed=5)) == 0
        assert gate.kept == pytest.approx(0.95, abs=0.01)
        assert gate.refused == 1

    def test_its_rates_are_of_examples_that_it_was_not_fitted_on(self) -> None:
        # Nothing parts the two sets, so a gate that is judged on its own examples would look better than this.
        noise = [around(0, 400, seed=seed, spread=1.0) for seed in range(3)]
        gate = fit_gate(noise[0], noise[0], noise[1], noise[2])
        assert gate.kept == pytest.approx(0.95, abs=0.01)
        assert gate.refused < 0.2

    def test_the_same_corpus_has_the_same_gate(self) -> None:
        texts, pointers, outside = around(0, 40, seed=1), around(0, 300, seed=3), around(1, 300, seed=2)
        assert fit_gate(texts, texts, pointers, outside) == fit_gate(texts, texts, pointers, outside)

    def test_a_corpus_without_questions_has_a_plain_threshold(self) -> None:
        texts = around(0, 40, seed=1)
        gate = fit_gate(texts, texts, texts[:10], around(1, 300, seed=2))
        assert gate.margin(np.array([0.41, 0, 0, 0, 0, 0]), texts[0]) > 0 > gate.margin(np.array([0.39] * 6), texts[0])


def test_a_gate_weighs_signals_first_and_then_the_vector() -> None:
    gate = Gate(threshold=1.0, weights=[1.0, 0.0, 2.0], kept=1, refused=1)
    assert gate.margin(np.array([0.5, 9.0]), np.array([0.75, 9.0])) == pytest.approx(0.5 + 2 * 0.75 - 1)


def test_the_shipped_questions_are_many_and_all_different() -> None:
    questions = uncovered_questions()
    assert len({question.casefold() for question in questions}) == len(questions) > 2000


def test_the_gate_of_an_index_is_the_one_of_its_texts(snapshot: OpenSnapshot, embedding: Embedding) -> None:
    passages, units, pointers = snapshot.texts
    uncovered = embedding.embed(uncovered_questions())
    again = fit_gate(passages, units, pointers, uncovered)
    made = snapshot.snapshot.manifest.gate
    assert (made.kept, made.refused) == (again.kept, again.refused)
    np.testing.assert_allclose(made.weights, again.weights, atol=1e-4)
