import tracemalloc

import pytest
from submission import mean_and_range


def test_a_list_works():
    assert mean_and_range([2, 4, 9]) == (5, 7)


def test_a_generator_that_can_be_used_once_works():
    mean, width = mean_and_range(x * x for x in [1, 2, 3])
    assert mean == pytest.approx(14 / 3)
    assert width == 8


def test_negative_values():
    assert mean_and_range(iter([-5, -1, -3])) == (-3, 4)


def test_one_value_has_a_range_of_zero():
    assert mean_and_range(iter([7])) == (7, 0)


@pytest.mark.parametrize("values", [[], iter([])])
def test_no_values_are_refused(values):
    with pytest.raises(ValueError):
        mean_and_range(values)


def test_the_values_are_not_kept():
    tracemalloc.start()
    mean_and_range(float(number) for number in range(50_000))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 200_000, "the function keeps all values in memory"
