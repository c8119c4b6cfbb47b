import math
from itertools import pairwise

import numpy as np
import pytest
from submission import slope_towards, walk_down


def bowl(p):
    return p[0] ** 2 + p[1] ** 2


def slopes_of_bowl(p):
    return np.array([2 * p[0], 2 * p[1]])


def valley(p):
    return p[0] ** 2 + 3 * p[1] ** 2


def slopes_of_valley(p):
    return np.array([2 * p[0], 6 * p[1]])


def test_the_slope_in_a_direction():
    assert slope_towards((4, 6), (3, 4)) == pytest.approx(7.2)
    assert slope_towards((4, 6), (0, -1)) == pytest.approx(-6)
    assert slope_towards((4, 6), (3, -2)) == pytest.approx(0)


def test_a_longer_arrow_is_no_steeper_way():
    assert slope_towards((4, 6), (0.03, 0.04)) == pytest.approx(7.2)
    assert slope_towards((4, 6), (300, 400)) == pytest.approx(7.2)


def test_a_way_of_length_zero_is_refused():
    with pytest.raises(ValueError):
        slope_towards((4, 6), (0, 0))


def test_on_a_round_bowl_the_way_is_straight():
    walked = walk_down(bowl, slopes_of_bowl, (3, 4), 1, 2)
    assert walked == pytest.approx(np.array([[3, 4], [2.4, 3.2], [1.8, 2.4]]))


def test_every_step_has_the_length_of_the_stride():
    for stride in (0.05, 0.2):
        walked = walk_down(valley, slopes_of_valley, (2, 1), stride, 8)
        assert len(walked) == 9, "the start and 8 positions more"
        lengths = [math.dist(a, b) for a, b in pairwise(walked)]
        assert lengths == pytest.approx([stride] * 8)


def test_the_hiker_feels_the_slope_again_after_each_step():
    walked = walk_down(valley, slopes_of_valley, (2, 1), 0.1, 100)
    for here, following in pairwise(walked):
        step, slopes = following - here, slopes_of_valley(here)
        steepest = -0.1 * math.hypot(*slopes)
        assert np.dot(step, slopes) == pytest.approx(steepest), (
            f"the step from {here} is not the steepest way down"
        )
    assert valley(walked[-1]) < 0.03, "the walk ends far above the lowest point"


def test_no_step_leads_up_or_stays_level():
    walked = walk_down(bowl, slopes_of_bowl, (0, 2.5), 1, 50)
    assert walked == pytest.approx(np.array([[0, 2.5], [0, 1.5], [0, 0.5]]))


def test_flat_ground_stops_the_walk_at_once():
    def saddle(p):
        return p[0] ** 2 - p[1] ** 2

    def slopes_of_saddle(p):
        return np.array([2 * p[0], -2 * p[1]])

    assert walk_down(saddle, slopes_of_saddle, (0, 0), 1, 9).tolist() == [[0, 0]]


def test_no_steps_leave_the_start():
    start = np.array([3.0, 4.0])
    assert walk_down(bowl, slopes_of_bowl, start, 1, 0).tolist() == [[3, 4]]
    walk_down(bowl, slopes_of_bowl, start, 1, 5)
    assert start.tolist() == [3, 4], "the given start has changed"
