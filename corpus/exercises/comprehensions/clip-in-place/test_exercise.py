import pytest
from submission import clip


def test_the_callers_list_is_changed():
    values = [-80, 21, 99]
    clip(values, -40, 60)
    assert values == [-40, 21, 60]


def test_another_name_for_the_list_sees_the_change():
    values = [5, 50]
    same = values
    clip(values, 10, 20)
    assert same == [10, 20]


def test_the_borders_stay():
    values = [-40, 60]
    clip(values, -40, 60)
    assert values == [-40, 60]


def test_nothing_is_returned():
    assert clip([1, 2, 3], 0, 2) is None


def test_an_empty_list_is_fine():
    values = []
    clip(values, 0, 1)
    assert values == []


def test_a_range_the_wrong_way_round_is_refused():
    values = [5]
    with pytest.raises(ValueError):
        clip(values, 2, 1)
    assert values == [5]
