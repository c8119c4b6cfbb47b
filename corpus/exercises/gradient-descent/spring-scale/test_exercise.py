from itertools import pairwise

import numpy as np
import pytest
from submission import fit_line


def test_no_steps_leave_the_start_values():
    assert fit_line([1, 2], [3, 5], 0.1, 0) == (0.0, 0.0, [17.0])


def test_one_step_takes_both_slopes_at_the_old_values():
    # Errors -3 and -5: the weight slope is -13, the bias slope is -8.
    weight, bias, _ = fit_line([1, 2], [3, 5], 0.1, 1)
    assert weight == pytest.approx(1.3)
    assert bias == pytest.approx(0.8), "was the bias slope taken after the move?"


def test_the_costs_stand_before_the_first_and_after_each_step():
    # Errors -1 and -5, slopes -4 and -6, so the step leads to the line x + 1.5.
    weight, bias, costs = fit_line([-1, 1], [1, 5], 0.25, 1)
    assert (weight, bias) == pytest.approx((1.0, 1.5))
    assert costs == pytest.approx([13.0, 3.25])


def test_many_steps_find_the_line_of_least_squares():
    loads = np.array([0.0, 1.0, 2.0, 3.0, 4.0])
    lengths = np.array([12.1, 13.9, 16.2, 17.8, 20.1])
    weight, bias, costs = fit_line(loads, lengths, 0.05, 2000)
    assert (weight, bias) == pytest.approx(tuple(np.polyfit(loads, lengths, 1)))
    assert len(costs) == 2001


def test_a_good_learning_rate_never_raises_the_cost():
    _, _, costs = fit_line([-2, 0, 2], [1, 4, 4], 0.1, 50)
    assert all(after <= before for before, after in pairwise(costs))


def test_a_learning_rate_that_is_too_large_shows_in_the_costs():
    _, _, costs = fit_line([1, 2, 3], [2, 4, 6], 1.0, 5)
    assert len(costs) == 6
    assert all(after > before for before, after in pairwise(costs))


@pytest.mark.parametrize(("x", "y"), [([], []), ([1, 2], [3]), ([1], [2, 3])])
def test_data_that_do_not_pair_up_are_refused(x, y):
    with pytest.raises(ValueError):
        fit_line(x, y, 0.1, 1)
