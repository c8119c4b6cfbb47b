import pytest
from submission import agreement, best_and_opposite

LISTS = {
    "Harbour": [0, 0, 1, 1],  # no answer in common with the voter: cosine 0
    "Meadow": [2, 1, 0, 0],
    "Tower": [-1, -1, 1, 0],
}
VOTER = [1, 1, 0, 0]


def test_agreement_by_hand():
    assert agreement([2, 1, 0], [0, 1, 2]) == pytest.approx(0.2)
    assert agreement([2, -1, 2], [1, 2, 2]) == pytest.approx(4 / 9)
    assert agreement([1, 0], [1, 1]) == pytest.approx(0.5**0.5)


def test_contradicting_answers_are_negative():
    assert agreement([2, -1, 0], [-2, 1, 0]) == pytest.approx(-1)
    assert agreement([2, 1, 0], [0, -1, 2]) == pytest.approx(-0.2)


def test_strong_and_mild_answers_in_one_direction_agree_fully():
    assert agreement([1, 0, -1], [2, 0, -2]) == pytest.approx(1)


def test_rounding_does_not_leave_the_range():
    for size in range(1, 60):
        same = [1] * size
        assert -1 <= agreement(same, [-1] * size) <= agreement(same, same) <= 1


def test_loud_answers_count_no_more_than_mild_ones():
    lists = {"loud": [2, 2, 2, -2], "mild": [1, 1, 0, 0]}
    assert best_and_opposite(VOTER, lists) == ("mild", "loud")
    lists = {"near": [1, 0, 0, 0], "strong": [2, 2, 0, 0]}
    assert best_and_opposite(VOTER, lists) == ("strong", "near")


def test_a_list_without_a_common_opinion_is_not_the_opposite():
    assert best_and_opposite(VOTER, LISTS) == ("Meadow", "Tower"), (
        "a cosine of 0 is no contradiction"
    )


def test_without_a_contradiction_the_least_agreement_counts():
    lists = {"a": [1, 0, 0, 0], "b": [0, 1, 2, 2], "c": [1, 1, 1, 0]}
    assert best_and_opposite(VOTER, lists) == ("c", "b")


def test_a_list_without_opinions_is_left_out():
    lists = {"silent": [0, 0, 0, 0], "Meadow": [2, 1, 0, 0]}
    assert best_and_opposite(VOTER, lists) == ("Meadow", "Meadow")


def test_answers_that_cannot_be_compared_are_refused():
    for a, b in [([0, 0], [1, 2]), ([1, 2], [0, 0]), ([1, 2], [1, 2, 0])]:
        with pytest.raises(ValueError):
            agreement(a, b)
    for voter, lists in [([0, 0], {"a": [1, 1]}), ([1, 1], {"a": [0, 0]}), ([1], {})]:
        with pytest.raises(ValueError):
            best_and_opposite(voter, lists)
