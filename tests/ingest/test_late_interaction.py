"""Words of a question against words of a text, in a form that is kept on disk."""

import numpy as np
import pytest

from ingest.embedding import Embedding
from ingest.late_interaction import compressed, word_scores


def mean_of_best(embedding: Embedding, question: str, text: str) -> float:
    scores = word_scores(embedding.embed_tokens(question), compressed(embedding.embed_tokens(text)))
    return float(scores.max(axis=1).mean())


def test_the_kept_form_is_small_and_leaves_out_the_marks_of_start_and_end(embedding: Embedding) -> None:
    tokens = embedding.embed_tokens("A list keeps its order.")
    kept = compressed(tokens)
    assert kept.dtype == np.int8
    assert kept.shape == (len(tokens) - 2, 64)


def test_a_text_meets_its_own_words_best(embedding: Embedding) -> None:
    question = "Gradient descent lowers the cost."
    assert mean_of_best(embedding, question, question) == pytest.approx(1, abs=0.02)
    assert mean_of_best(embedding, question, "Boil the egg for six minutes.") < 0.5


def test_scores_of_the_kept_form_are_close_to_those_of_the_full_one(embedding: Embedding) -> None:
    question, near, far = (
        embedding.embed_tokens(text)
        for text in ("how does a list keep order", "A list keeps its items in order.", "A gradient points uphill.")
    )

    def full(text: np.ndarray) -> float:
        rows = [it[1:-1] / np.linalg.norm(it[1:-1], axis=1, keepdims=True) for it in (question, text)]
        return float((rows[0] @ rows[1].T).max(axis=1).mean())

    for text in (near, far):
        kept = float(word_scores(question, compressed(text)).max(axis=1).mean())
        assert kept == pytest.approx(full(text), abs=0.12)
    assert full(near) > full(far)


def test_an_empty_text_has_no_words(embedding: Embedding) -> None:
    assert compressed(embedding.embed_tokens("")).shape == (0, 64)
