"""Means with intervals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.evaluation.figures import difference, figure

SHARES = st.lists(st.sampled_from([0.0, 1.0]), min_size=1, max_size=60)


@given(SHARES)
def test_an_interval_holds_its_mean_and_is_the_same_each_time(values: list[float]) -> None:
    first = figure("steps", "right", "all", values)
    assert first == figure("steps", "right", "all", values)
    assert 0 <= first.low <= first.value <= first.high <= 1
    assert first.items == len(values)


def test_more_items_make_a_narrower_interval() -> None:
    few, many = (figure("steps", "right", "all", [0.0, 1.0] * pairs) for pairs in (10, 1000))
    assert many.high - many.low < (few.high - few.low) / 5


def test_what_both_get_right_does_not_widen_a_difference() -> None:
    ours, theirs = [1.0] * 90 + [1.0] * 10, [1.0] * 90 + [0.0] * 10
    paired = difference("steps", "ours less theirs", ours, theirs)
    assert paired.value == pytest.approx(0.1)
    assert 0.03 < paired.low < 0.1 < paired.high < 0.18


def test_a_figure_is_one_line() -> None:
    line = str(figure("steps", "right concept first", "all", [1.0, 0.0]))
    assert line.split() == ["steps", "right", "concept", "first", "all", "2", "0.500", "[0.000,", "1.000]"]
