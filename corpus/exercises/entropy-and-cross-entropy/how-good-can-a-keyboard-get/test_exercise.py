import math

import pytest
from submission import avoidable, cross_entropy, entropy

AFTER_TH = {"e": 2, "a": 1, "i": 1}
GUESS = {"e": 0.25, "a": 0.25, "i": 0.5}


def test_entropy_by_hand():
    assert entropy(AFTER_TH) == pytest.approx(1.5)
    assert entropy({letter: 5 for letter in "abcdefgh"}) == pytest.approx(3)
    assert entropy({"a": 3, "b": 1}) == pytest.approx(2 - 0.75 * math.log2(3))


def test_cross_entropy_by_hand():
    assert cross_entropy(AFTER_TH, GUESS) == pytest.approx(1.75)
    assert cross_entropy({"a": 7}, {"a": 0.125, "b": 0.875}) == pytest.approx(3)


def test_the_letters_weigh_and_the_guess_is_in_the_logarithm():
    # Weighted by the guess, it would be 0.5 + 0.5 + 0.5 = 1.5; swapped, about 2.35.
    guess = {"e": 0.5, "a": 0.25, "i": 0.25}
    counts = {"e": 1, "a": 1, "i": 6}
    assert cross_entropy(counts, guess) == pytest.approx(0.125 + 0.25 + 1.5)


def test_the_best_keyboard_is_still_surprised():
    assert avoidable(AFTER_TH, GUESS) == pytest.approx(0.25), (
        "nobody can know which letter comes, so some surprise stays"
    )
    best = {"e": 0.5, "a": 0.25, "i": 0.25}
    assert avoidable(AFTER_TH, best) == pytest.approx(0, abs=1e-9)
    unsure = {"e": 0.25, "a": 0.25, "i": 0.25, "x": 0.25}
    assert avoidable(AFTER_TH, unsure) == pytest.approx(0.5)


def test_where_one_letter_always_comes_all_surprise_is_avoidable():
    assert entropy({"u": 9}) == 0
    assert avoidable({"u": 9}, {"u": 0.5, "a": 0.5}) == pytest.approx(1)


def test_rounding_makes_nothing_negative():
    for size in range(2, 40):
        counts = {chr(97 + i): i + 1 for i in range(size)}
        total = size * (size + 1) / 2
        guess = {letter: count * (1 / total) for letter, count in counts.items()}
        assert avoidable(counts, guess) >= 0


def test_a_letter_thought_impossible_is_an_endless_surprise():
    assert cross_entropy({"e": 9, "z": 1}, {"e": 1.0}) == math.inf
    assert cross_entropy({"e": 9, "z": 1}, {"e": 1.0, "z": 0.0}) == math.inf
    assert avoidable({"e": 9, "z": 1}, {"e": 1.0}) == math.inf


def test_letters_that_never_came_add_nothing():
    counts = {**AFTER_TH, "q": 0, "x": 0}
    assert entropy(counts) == pytest.approx(1.5)
    guess = {"e": 0.25, "a": 0.25, "i": 0.25, "x": 0.125, "y": 0.125}
    assert cross_entropy(counts, guess) == pytest.approx(2)


@pytest.mark.parametrize("counts", [{}, {"a": 0}])
def test_no_letters_are_refused(counts):
    with pytest.raises(ValueError):
        entropy(counts)
    with pytest.raises(ValueError):
        cross_entropy(counts, {"a": 1.0})
    with pytest.raises(ValueError):
        avoidable(counts, {"a": 1.0})
