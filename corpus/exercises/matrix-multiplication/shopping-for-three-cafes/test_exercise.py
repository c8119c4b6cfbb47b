import numpy as np
import pytest
from submission import bills, shopping_list

# 2 cafés, 3 dishes, 4 ingredients, 2 shops
ORDERS = np.array([[10, 4, 0], [1, 0, 5]])
RECIPES = np.array([[0.1, 0, 0.5], [0.2, 0.5, 0], [0, 0.1, 1], [0.3, 0, 0]])
PRICES = np.array([[2, 1], [4, 5], [10, 9], [1, 3]])


def test_each_cafe_gets_its_kilograms():
    expected = [[1, 4, 0.4, 3], [2.6, 0.2, 5, 0.3]]
    assert shopping_list(ORDERS, RECIPES) == pytest.approx(np.array(expected))


def test_a_square_recipe_table_is_not_turned_the_wrong_way():
    orders = np.array([[10, 4]])
    recipes = np.array([[0.1, 0.0], [0.2, 0.5]])
    found = shopping_list(orders, recipes)
    assert found == pytest.approx(np.array([[1, 4]])), (
        "the product runs with and without a transpose; which one adds over dishes?"
    )
    with pytest.raises(ValueError):
        shopping_list(ORDERS, RECIPES.T)


def test_the_bills_of_each_cafe_in_each_shop():
    # Café 1 in shop 1: 1 * 2 + 4 * 4 + 0.4 * 10 + 3 * 1 = 25
    expected = [[25, 33.6], [56.3, 49.5]]
    assert bills(ORDERS, RECIPES, PRICES) == pytest.approx(np.array(expected))


def test_the_sums_agree_with_loops():
    rng = np.random.default_rng(1)
    orders, recipes = rng.integers(0, 9, (3, 5)), rng.random((2, 5))
    prices = rng.random((2, 4))
    costs = np.zeros((3, 4))
    for cafe, shop, dish, item in np.ndindex(3, 4, 5, 2):
        kilograms = orders[cafe, dish] * recipes[item, dish]
        costs[cafe, shop] += kilograms * prices[item, shop]
    assert bills(orders, recipes, prices) == pytest.approx(costs)


def test_a_cafe_without_orders_needs_nothing():
    nothing = np.zeros((1, 3))
    assert shopping_list(nothing, RECIPES).tolist() == [[0, 0, 0, 0]]
    assert bills(nothing, RECIPES, PRICES).tolist() == [[0, 0]]


def test_one_dish_and_one_ingredient_still_give_a_table():
    orders, recipes = np.array([[3], [2]]), np.array([[0.5]])
    assert shopping_list(orders, recipes).tolist() == [[1.5], [1]]
    assert bills(orders, recipes, np.array([[4, 6]])).tolist() == [[6, 9], [4, 6]]


def test_tables_that_do_not_fit_are_refused():
    with pytest.raises(ValueError):
        shopping_list(ORDERS[:, :2], RECIPES)
    with pytest.raises(ValueError):
        bills(ORDERS, RECIPES, PRICES[:3])
    with pytest.raises(ValueError):
        bills(ORDERS, RECIPES, PRICES.T)
    with pytest.raises(ValueError):
        bills(ORDERS, RECIPES[:, :1], PRICES)
