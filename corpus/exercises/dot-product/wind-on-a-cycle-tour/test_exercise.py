import pytest
from submission import kind_of_wind, wind_along


def test_the_wind_along_a_leg():
    assert wind_along((3, 4), (5, 0)) == pytest.approx(3)
    assert wind_along((-5, 12), (2, 3)) == pytest.approx(2)
    assert wind_along((0, 7), (9, 4)) == pytest.approx(4)


def test_wind_from_the_front_is_negative():
    assert wind_along((3, 4), (-3, -4)) == pytest.approx(-5)
    assert kind_of_wind((3, 4), (-3, -4)) == "headwind"


def test_a_longer_leg_does_not_make_the_wind_stronger():
    assert wind_along((30, 40), (5, 0)) == pytest.approx(3)
    assert wind_along((0.03, 0.04), (5, 0)) == pytest.approx(3)


def test_a_stronger_wind_pushes_more():
    assert wind_along((3, 4), (10, 0)) == pytest.approx(6)


def test_wind_at_a_right_angle_is_a_crosswind_and_not_calm():
    assert wind_along((3, 4), (-8, 6)) == pytest.approx(0)
    assert kind_of_wind((3, 4), (-8, 6)) == "crosswind", (
        "a wind of 10 m/s from the side is not calm"
    )
    assert kind_of_wind((0, 2), (6, 0)) == "crosswind"
    assert kind_of_wind((2, 0), (0, 0.5)) == "crosswind"


def test_a_weak_push_beside_a_strong_side_wind_is_a_crosswind():
    assert kind_of_wind((0, 1), (6, 0.4)) == "crosswind"
    assert kind_of_wind((0, 1), (6, -0.4)) == "crosswind"


def test_a_weak_wind_is_calm_from_wherever_it_comes():
    for wind in [(0, 0), (0.4, 0), (-0.4, 0), (0, 0.4), (0.3, 0.3)]:
        assert kind_of_wind((5, 0), wind) == "calm"


def test_half_a_metre_per_second_is_enough_to_feel():
    assert kind_of_wind((2, 0), (0.5, 0)) == "tailwind"
    assert kind_of_wind((2, 0), (-0.5, 0)) == "headwind"


def test_a_leg_of_length_zero_is_refused():
    with pytest.raises(ValueError):
        wind_along((0, 0), (3, 4))
    with pytest.raises(ValueError):
        kind_of_wind((0, 0), (0, 0))
