import numpy as np
import pytest
from submission import day_features, day_totals, to_block

# A count names its own place: 1000 * day + 10 * hour + bridge.
LOG = np.array(
    [1000 * d + 10 * h + b for d in range(3) for h in range(24) for b in range(2)]
)
BLOCK = np.array(
    [[[1000 * d + 10 * h + b for b in range(2)] for h in range(24)] for d in range(3)]
)


def test_the_block_has_days_then_hours_then_bridges():
    block = to_block(LOG)
    assert block.shape == (3, 24, 2)
    assert np.array_equal(block, BLOCK)


def test_an_empty_log_has_no_days():
    assert to_block(np.array([])).shape == (0, 24, 2)


@pytest.mark.parametrize("length", [1, 24, 47, 50])
def test_a_log_with_a_part_of_a_day_is_refused(length):
    with pytest.raises(ValueError):
        to_block(np.zeros(length))


def test_a_sum_for_each_day_is_not_a_sum_over_axis_0():
    block = np.zeros((2, 24, 2), dtype=int)
    block[0, 8] = [5, 1]
    block[0, 17] = [4, 2]
    block[1, 0] = [7, 0]
    totals = day_totals(block)
    assert totals.shape == (2, 2), "want one row for each day, one column a bridge"
    assert totals.tolist() == [[9, 3], [7, 0]]


def test_features_list_the_north_bridge_before_the_south_bridge():
    features = day_features(BLOCK)
    assert features.shape == (3, 48)
    north = [2000 + 10 * hour for hour in range(24)]
    assert features[2, :24].tolist() == north
    assert features[2, 24:].tolist() == [count + 1 for count in north]


def test_features_of_no_days_have_48_columns():
    assert day_features(np.zeros((0, 24, 2))).shape == (0, 48)


def test_nothing_given_is_changed():
    log, block = LOG.copy(), BLOCK.copy()
    to_block(log), day_totals(block), day_features(block)
    assert log.shape == (144,)
    assert np.array_equal(log, LOG)
    assert block.shape == (3, 24, 2)
    assert np.array_equal(block, BLOCK)
