import pytest
from submission import ticket_price


@pytest.mark.parametrize(("age", "price"), [(18, 12), (30, 12), (64, 12)])
def test_adults_pay_the_full_price(age, price):
    assert ticket_price(age, False) == price


@pytest.mark.parametrize("age", [0, 4, 5])
def test_small_children_pay_nothing(age):
    assert ticket_price(age, False) == 0


@pytest.mark.parametrize("age", [6, 17, 65, 90])
def test_the_young_and_the_old_pay_half(age):
    assert ticket_price(age, False) == 6


def test_students_pay_nine():
    assert ticket_price(18, True) == 9
    assert ticket_price(64, True) == 9


def test_a_student_of_two_groups_pays_the_lowest_price():
    assert ticket_price(17, True) == 6
    assert ticket_price(70, True) == 6
    assert ticket_price(5, True) == 0


def test_a_negative_age_is_refused():
    with pytest.raises(ValueError):
        ticket_price(-1, False)
