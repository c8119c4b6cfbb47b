import numpy as np
import pytest
from submission import cheapest_free, late_prices

PRICES = np.array([[60, 45, 40], [20, 50, 20]])
TAKEN = np.array([[True, False, False], [False, True, False]])


def test_the_table_changes_and_not_a_filtered_copy():
    # Free and above 40 is only the place in row 0, seat 1.
    found = late_prices(PRICES, TAKEN)
    assert found.tolist() == [[60, 22.5, 40], [20, 50, 20]]


def test_a_full_house_keeps_its_prices_as_floats():
    found = late_prices(PRICES, np.ones((2, 3), dtype=bool))
    assert found.dtype == float
    assert np.array_equal(found, PRICES)


@pytest.mark.parametrize("kind", [int, float])
def test_the_given_tables_are_not_changed(kind):
    prices, taken = PRICES.astype(kind), TAKEN.copy()
    lowered = late_prices(prices, taken)
    cheapest_free(prices, taken, 3)
    lowered[:] = 0
    assert np.array_equal(prices, PRICES), "give back a new table"
    assert np.array_equal(taken, TAKEN)


def test_the_cheapest_free_places_come_first():
    found = cheapest_free(PRICES, TAKEN, 3)
    assert found.tolist() == [[1, 0], [1, 2], [0, 2]]


def test_equal_prices_stay_in_reading_order():
    prices = np.tile([30, 10, 20], (20, 2))  # seats 1 and 4 cost 10
    taken = np.zeros((20, 6), dtype=bool)
    taken[0] = True
    wanted = [[row, seat] for row in range(1, 20) for seat in (1, 4)]
    assert cheapest_free(prices, taken, 38).tolist() == wanted


def test_more_than_there_are_gives_all_free_places():
    found = cheapest_free(PRICES, TAKEN, 9)
    assert found.tolist() == [[1, 0], [1, 2], [0, 2], [0, 1]]


@pytest.mark.parametrize(("is_full", "count"), [(True, 2), (False, 0)])
def test_no_places_have_the_shape_0_2(is_full, count):
    taken = np.full((2, 3), is_full)
    assert cheapest_free(PRICES, taken, count).shape == (0, 2)
