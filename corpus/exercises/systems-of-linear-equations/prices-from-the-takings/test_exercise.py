import pytest
from submission import find_prices

CONTRADICTION = ("contradiction", None)
MANY = ("many", None)


def test_two_days_give_two_prices():
    verdict, prices = find_prices([[2, 1], [4, 5]], [19, 47])
    assert verdict == "one"
    assert isinstance(prices, list)
    assert prices == pytest.approx([8, 3])


def test_a_first_day_without_tickets_of_the_first_kind():
    # The first pivot is zero, so elimination by hand has to swap rows.
    verdict, prices = find_prices([[0, 2, 1], [1, 0, 3], [2, 1, 0]], [14, 7, 14.5])
    assert verdict == "one"
    assert prices == pytest.approx([4, 6.5, 1])


def test_more_days_that_agree_still_give_one_answer():
    sold = [[10, 0], [0, 10], [0, 0], [3, 7], [250, 120]]
    verdict, prices = find_prices(sold, [125, 45, 0, 69, 3665])
    assert verdict == "one"
    assert prices == pytest.approx([12.5, 4.5])


def test_a_singular_table_can_leave_many_choices():
    assert find_prices([[2, 1], [4, 2]], [19, 38]) == MANY, (
        "8 and 3 euros fit both days, and so do 9 and 1"
    )


def test_a_singular_table_can_be_a_contradiction():
    assert find_prices([[2, 1], [4, 2]], [19, 39]) == CONTRADICTION


def test_a_day_that_follows_from_the_others_is_found():
    # Day 3 is twice day 2 minus day 1; rounding hides this from np.linalg.solve.
    sold = [[4, 6, 6], [12, 9, 10], [20, 12, 14]]
    assert find_prices(sold, [62, 143, 230]) == CONTRADICTION
    assert find_prices(sold, [62, 143, 224]) == MANY


def test_too_few_days_never_give_one_answer():
    assert find_prices([[3, 4, 5]], [60]) == MANY
    assert find_prices([[1, 1, 0], [0, 1, 1]], [9, 8]) == MANY
    assert find_prices([[1, 1, 0], [2, 2, 0]], [9, 20]) == CONTRADICTION


def test_many_days_can_still_leave_a_choice():
    # Every child came with exactly one adult.
    assert find_prices([[5, 5], [8, 8], [2, 2]], [60, 96, 24]) == MANY


def test_one_miscounted_day_among_many_is_a_contradiction():
    sold = [[10, 0], [0, 10], [3, 7], [250, 120]]
    assert find_prices(sold, [125, 45, 69.01, 3665]) == CONTRADICTION
    assert find_prices([[0, 0], [2, 1], [4, 5]], [5, 19, 47]) == CONTRADICTION
