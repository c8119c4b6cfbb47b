import pytest
from submission import price_rules


def test_one_rule_takes_its_discount_off():
    assert price_rules({"staff": 50})["staff"](10) == 5.0


def test_each_rule_keeps_its_own_discount():
    rules = price_rules({"staff": 50, "student": 20, "guest": 0})
    assert rules["staff"](10) == 5.0
    assert rules["student"](10) == 8.0
    assert rules["guest"](10) == 10.0


def test_a_later_change_of_the_dictionary_has_no_effect():
    discounts = {"staff": 50}
    rules = price_rules(discounts)
    discounts["staff"] = 90
    assert rules["staff"](10) == 5.0


def test_prices_are_rounded_to_cents():
    assert price_rules({"a": 33})["a"](9.99) == 6.69  # 6.6933


def test_the_borders_are_allowed():
    rules = price_rules({"all": 100, "none": 0})
    assert (rules["all"](7), rules["none"](7)) == (0, 7)


@pytest.mark.parametrize("percent", [-1, 100.5])
def test_an_impossible_discount_is_refused(percent):
    with pytest.raises(ValueError):
        price_rules({"x": percent})


def test_no_groups_give_no_rules():
    assert price_rules({}) == {}
