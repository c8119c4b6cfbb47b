import numpy as np
import pytest
from submission import bootstrap_interval, difference_interval

OLD = np.random.default_rng(5).normal(20, 4, 40).round(1).tolist()
NEW = [wait - 5 for wait in OLD]


def width(interval):
    low, high = interval
    return high - low


def by_formula(values):
    """The width of a 95% interval of the mean, from its standard error."""
    return 2 * 1.96 * np.std(values) / len(values) ** 0.5


def test_more_draws_do_not_replace_data():
    few, many = OLD[:10], OLD[:10] * 9
    for values in (few, many):
        found = width(bootstrap_interval(values, np.mean))
        assert found == pytest.approx(by_formula(values), rel=0.15), (
            f"{len(values)} values should leave the uncertainty of {len(values)}"
        )
    more_resamples = width(bootstrap_interval(few, np.mean, resamples=12_000))
    assert more_resamples == pytest.approx(by_formula(few), rel=0.15)


def test_the_interval_of_a_median_leaves_out_the_extremes():
    # The median of 7 draws is the smallest value with probability 0.010 and one of
    # the two smallest with probability 0.108 (at least 4 of 7 draws), so the second
    # value is the 2.5th percentile; the same holds from above.
    waits = [9, 4, 30, 12, 6, 15, 21]
    assert bootstrap_interval(waits, np.median) == (6, 21)


def test_any_statistic_can_be_used():
    def share_of_long_waits(waits):
        return float((waits > 10).mean())

    waits = [5] * 50 + [15] * 50
    low, high = bootstrap_interval(waits, share_of_long_waits)
    # The number of long waits is binomial; its middle 95% reach from 40 to 60.
    assert (low, high) == pytest.approx((0.4, 0.6), abs=0.021)


def test_equal_values_leave_no_uncertainty():
    assert bootstrap_interval([7, 7, 7], np.mean) == pytest.approx((7, 7))


def test_the_difference_is_new_minus_old():
    low, high = difference_interval(OLD, NEW, np.mean)
    assert low < -5 < high < 0
    assert (low + high) / 2 == pytest.approx(-5, abs=0.5)


def test_the_groups_are_resampled_independently():
    # Independent errors add up as squares.
    for old, new in [(OLD, NEW), (OLD, NEW[:15])]:
        expected = (by_formula(old) ** 2 + by_formula(new) ** 2) ** 0.5
        found = width(difference_interval(old, new, np.mean))
        assert found == pytest.approx(expected, rel=0.12)


def test_the_seed_decides_the_interval():
    first = bootstrap_interval(OLD, np.mean, resamples=200, seed=1)
    assert bootstrap_interval(OLD, np.mean, resamples=200, seed=1) == first
    assert bootstrap_interval(OLD, np.mean, resamples=200, seed=2) != first
    both = difference_interval(OLD, NEW, np.mean, resamples=200, seed=1)
    assert difference_interval(OLD, NEW, np.mean, resamples=200, seed=1) == both


def test_too_few_values_are_refused():
    for values in ([], [12.0]):
        with pytest.raises(ValueError):
            bootstrap_interval(values, np.mean)
        with pytest.raises(ValueError):
            difference_interval(OLD, values, np.mean)
        with pytest.raises(ValueError):
            difference_interval(values, OLD, np.mean)


def test_the_given_values_do_not_change():
    old, new = np.array(OLD), np.array(NEW)
    bootstrap_interval(old, np.median, resamples=100)
    difference_interval(old, new, np.median, resamples=100)
    assert old.tolist() == OLD
    assert new.tolist() == NEW
