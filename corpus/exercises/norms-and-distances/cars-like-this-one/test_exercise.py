import statistics

import numpy as np
import pytest
from submission import nearest

CARS = [[8000, 1, 60_000], [8000, 15, 60_500], [12_000, 8, 90_000]]
# Both columns have the same spread, because the rows swap into each other.
EVEN = [[3, 3], [5, 0], [0, 5]]


def test_no_column_outweighs_the_others_by_its_large_numbers():
    assert nearest(CARS, [8000, 2, 60_500]) == [0], (
        "a year of age has to count more than a kilometre"
    )
    in_cents_and_metres = [[100 * p, age, 1000 * km] for p, age, km in CARS]
    assert nearest(in_cents_and_metres, [800_000, 2, 60_500_000]) == [0]


def test_the_euclidean_distance_is_a_straight_line():
    assert nearest(EVEN, [0.1, 0], count=3) == [0, 1, 2]


def test_the_manhattan_distance_goes_along_the_axes():
    assert nearest(EVEN, [0.1, 0], count=3, order=1) == [1, 2, 0]


@pytest.mark.parametrize("order", [1, 2])
def test_many_cars_against_the_plain_formula(order):
    rng = np.random.default_rng(3)
    cars = rng.normal([9000, 7, 80_000, 4], [3000, 3, 40_000, 0.5], (40, 4)).tolist()
    wish = [7000, 5, 90_000, 5]
    spreads = [statistics.pstdev(column) for column in zip(*cars, strict=True)]

    def distance(index):
        row = zip(cars[index], wish, spreads, strict=True)
        return sum((abs(a - b) / s) ** order for a, b, s in row)

    expected = sorted(range(40), key=distance)
    assert nearest(cars, wish, count=40, order=order) == expected
    assert nearest(np.array(cars), np.array(wish), 3, order) == expected[:3]


def test_a_constant_column_is_left_out():
    doors = [[3000, 4], [9000, 4], [5000, 4]]
    assert nearest(doors, [5900, 2], count=3) == [2, 0, 1]


def test_equal_distances_keep_the_order_of_the_table():
    cars = [[9000, 9], [5000, 5], [9000, 9], [5000, 5]]
    assert nearest(cars, [5000, 5], count=4) == [1, 3, 0, 2]
    assert nearest([[7, 7], [7, 7], [7, 7]], [1, 1], count=3) == [0, 1, 2]


def test_short_and_empty_tables():
    assert nearest(EVEN, [0.1, 0], count=9) == [0, 1, 2]
    assert nearest([], [8000, 2, 60_500]) == []


def test_the_result_is_a_list_of_whole_numbers():
    result = nearest(np.array(EVEN), np.array([0.1, 0]), count=2)
    assert isinstance(result, list)
    assert result == [0, 1]
    assert all(isinstance(index, int) for index in result)


@pytest.mark.parametrize("order", [0, 3])
def test_other_orders_are_refused(order):
    with pytest.raises(ValueError):
        nearest(CARS, [8000, 2, 60_500], order=order)
