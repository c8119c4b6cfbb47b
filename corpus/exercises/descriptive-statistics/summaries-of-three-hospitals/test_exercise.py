import statistics

import pytest
from submission import pool


def summary(stays):
    if not stays:
        return 0, None, None
    return len(stays), statistics.fmean(stays), statistics.pstdev(stays)


def test_hospitals_of_equal_size():
    a, b = [2, 4, 9], [1, 3, 3]
    assert pool([summary(a), summary(b)]) == pytest.approx(summary(a + b))


def test_a_large_hospital_counts_more_than_a_small_one():
    large, small = [6] * 90, [8] * 10
    count, mean, _ = pool([summary(large), summary(small)])
    assert count == 100
    assert mean == pytest.approx(6.2), "10 patients weigh as much as 90"
    parts = [[1, 1, 5, 9], [12], [3, 4, 4, 4, 5, 6, 30]]
    found = pool([summary(part) for part in parts])
    assert found == pytest.approx(summary([stay for part in parts for stay in part]))


def test_the_distance_between_the_hospitals_adds_to_the_spread():
    # Stays of 2 and 10 days, half each, are all 4 days from the mean.
    assert pool([(50, 2.0, 0.0), (50, 10.0, 0.0)]) == pytest.approx((100, 6, 4))


def test_equal_means_leave_the_spread_inside_the_hospitals():
    # The squares 9 and 1 average to 5, the standard deviations 3 and 1 to 2.
    assert pool([(7, 4.0, 3.0), (7, 4.0, 1.0)]) == pytest.approx((14, 4, 5**0.5))


def test_one_hospital_keeps_its_summary():
    assert pool([(5, 4.0, 2.0)]) == pytest.approx((5, 4, 2))
    assert pool([(1, 3.0, 0.0)]) == pytest.approx((1, 3, 0))


def test_an_empty_hospital_is_left_out():
    a, b = [2, 4, 9], [1, 3, 8]
    groups = [summary([]), summary(a), summary([]), summary(b)]
    assert pool(groups) == pytest.approx(summary(a + b))


@pytest.mark.parametrize("groups", [[], [(0, None, None)]])
def test_no_patients_at_all_are_refused(groups):
    with pytest.raises(ValueError):
        pool(groups)


def test_counts_too_large_for_a_list_of_patients():
    found = pool([(10**13, 2.0, 1.0), (10**13, 6.0, 1.0)])
    assert found == pytest.approx((2 * 10**13, 4, 5**0.5))


def test_the_given_groups_do_not_change():
    groups = [(0, None, None), (1, 2.0, 0.0), (3, 6.0, 0.0)]
    pool(groups)
    assert groups == [(0, None, None), (1, 2.0, 0.0), (3, 6.0, 0.0)]
