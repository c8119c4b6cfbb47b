import importlib

import pytest
import submission


@pytest.fixture
def Basket():
    """The class as it is when the program starts."""
    return importlib.reload(submission).Basket


def test_a_new_basket_is_empty(Basket):
    assert Basket().total() == 0
    assert Basket().names() == []


def test_the_total_counts_pieces(Basket):
    basket = Basket()
    basket.add("pen", 2, 3)
    basket.add("ink", 4)
    assert basket.total() == 10


def test_names_keep_their_order_and_repeats(Basket):
    basket = Basket()
    for name in ("pen", "ink", "pen"):
        basket.add(name, 1)
    assert basket.names() == ["pen", "ink", "pen"]


def test_two_customers_have_two_baskets(Basket):
    one, other = Basket(), Basket()
    one.add("pen", 2)
    assert other.names() == []
    assert other.total() == 0


def test_opened_counts_all_baskets(Basket):
    assert Basket.opened == 0
    Basket()
    basket = Basket()
    basket.add("pen", 1)
    assert Basket.opened == 2
    assert basket.opened == 2


@pytest.mark.parametrize("count", [0, -1])
def test_a_count_below_one_is_refused(Basket, count):
    basket = Basket()
    with pytest.raises(ValueError):
        basket.add("pen", 1, count)
    assert basket.names() == []
