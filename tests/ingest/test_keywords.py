from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.keywords import KeywordIndex

TEXTS = [
    "Gradient descent moves against the gradient of the loss.",
    "A list is an ordered collection.",
    "Multiplying matrices multiplies rows by columns.",
    "Lists of lists hold gradients too, and this text has many more words about other things.",
    "the of and",
]


@pytest.fixture(scope="session")
def keywords(tmp_path_factory: pytest.TempPathFactory) -> KeywordIndex:
    folder = tmp_path_factory.mktemp("keywords")
    KeywordIndex.build(folder / "index", TEXTS)
    return KeywordIndex(folder / "index")


@given(question=st.text())
def test_every_question_scores_every_passage_from_zero_up(keywords: KeywordIndex, question: str) -> None:
    scores = keywords.scores(question)
    assert scores.shape == (len(TEXTS),)
    assert scores.dtype == np.float32
    assert np.all(scores >= 0)


@pytest.mark.parametrize("question", ["", " \n", "?!", "the of and", "what is this", "zzyzx", "été 学習"])
def test_a_question_without_a_known_word_scores_zero(keywords: KeywordIndex, question: str) -> None:
    np.testing.assert_array_equal(keywords.scores(question), np.zeros(len(TEXTS)))


def test_scores_come_in_the_order_of_the_passages(keywords: KeywordIndex) -> None:
    assert np.flatnonzero(keywords.scores("ordered")).tolist() == [1]
    assert np.flatnonzero(keywords.scores("columns")).tolist() == [2]
    assert np.flatnonzero(keywords.scores("gradient")).tolist() == [0, 3]


@pytest.mark.parametrize("forms", [("list", "lists"), ("gradient", "Gradients"), ("multiply", "MULTIPLYING")])
def test_forms_of_a_word_are_one_word(keywords: KeywordIndex, forms: tuple[str, str]) -> None:
    one, other = (keywords.scores(form) for form in forms)
    np.testing.assert_array_equal(one, other)
    assert one.max() > 0


def test_unknown_words_and_stop_words_add_nothing(keywords: KeywordIndex) -> None:
    np.testing.assert_array_equal(keywords.scores("what is the zzyzx gradient"), keywords.scores("gradient"))


def test_a_word_weighs_more_in_a_text_that_is_about_it(keywords: KeywordIndex) -> None:
    scores = keywords.scores("gradient")
    assert scores[0] > scores[3]


def test_a_rare_word_weighs_more_than_a_common_one(tmp_path: Path) -> None:
    KeywordIndex.build(tmp_path / "index", ["common rare", "common other", "common thing"])
    index = KeywordIndex(tmp_path / "index")
    assert index.scores("rare")[0] > index.scores("common")[0]


@given(words=st.lists(st.sampled_from(["gradient", "list", "matrix", "loss"]), min_size=2, max_size=4))
def test_the_score_of_a_question_is_the_sum_over_its_words(keywords: KeywordIndex, words: list[str]) -> None:
    expected = sum(keywords.scores(word) for word in words)
    np.testing.assert_allclose(keywords.scores(" ".join(words)), expected, rtol=1e-5)
