import math

import pytest
from submission import BigramModel

TEXT = ["good", "bird", ".", "good", "morning", ".", "good", "bird", "sings"]
WORDS = ["good", "bird", "morning", "sings", "."]


@pytest.fixture
def plain():
    return BigramModel(TEXT, WORDS, smoothing=0)


@pytest.fixture
def smoothed():
    return BigramModel(TEXT, WORDS)


def test_shares_without_smoothing(plain):
    assert plain.probability("bird", "good") == pytest.approx(2 / 3)
    assert plain.probability("morning", "good") == pytest.approx(1 / 3)
    assert plain.probability("good", "bird") == 0, "the order of the pair counts"


def test_add_one_smoothing_is_the_default(smoothed):
    assert smoothed.probability("bird", "good") == pytest.approx(3 / 8)
    assert smoothed.probability("sings", "good") == pytest.approx(1 / 8)
    half = BigramModel(TEXT, WORDS, smoothing=0.5)
    assert half.probability("sings", "good") == pytest.approx(0.5 / 5.5)


@pytest.mark.parametrize("previous", WORDS)
def test_the_probabilities_after_a_word_add_up_to_one(smoothed, previous):
    total = sum(smoothed.probability(word, previous) for word in WORDS)
    assert total == pytest.approx(1)


def test_the_last_token_is_followed_by_nothing(plain, smoothed):
    assert plain.probability("good", "sings") == 0
    assert smoothed.probability("good", "sings") == pytest.approx(1 / 5)
    model = BigramModel(["good", "bird", "good"], WORDS, smoothing=0)
    assert model.probability("bird", "good") == 1


def test_perplexity_by_hand(plain, smoothed):
    # 2/3 for "good bird", 1/2 for "bird ." and 1 for ". good"
    sentence = ["good", "bird", ".", "good"]
    assert plain.perplexity(sentence) == pytest.approx(3 ** (1 / 3))
    assert smoothed.perplexity(["good", "sings"]) == pytest.approx(8)


def test_a_model_that_knows_nothing_is_as_unsure_as_its_vocabulary_is_large():
    model = BigramModel([], WORDS)
    assert model.perplexity(["bird", "bird", "good"]) == pytest.approx(5)


def test_a_pair_of_probability_zero_makes_the_perplexity_infinite(plain):
    assert plain.perplexity(["good", "bird", "good"]) == math.inf
    assert plain.perplexity(["sings", "good"]) == math.inf


def test_a_long_text_does_not_underflow(smoothed):
    assert smoothed.perplexity(["good", "good"] * 2000) == pytest.approx(8)


def test_what_makes_no_sense_is_refused(smoothed):
    for tokens in [[], ["good"], ["good", "cat"], ["cat", "good"]]:
        with pytest.raises(ValueError):
            smoothed.perplexity(tokens)
    for token, previous in [("cat", "good"), ("good", "cat")]:
        with pytest.raises(ValueError):
            smoothed.probability(token, previous)
    with pytest.raises(ValueError):
        BigramModel(["good", "cat"], WORDS)
    with pytest.raises(ValueError):
        BigramModel(TEXT, WORDS, smoothing=-1)
