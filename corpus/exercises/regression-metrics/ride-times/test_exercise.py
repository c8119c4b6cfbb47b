import math

import numpy as np
import pytest
from submission import compare

Y_TEST = [10, 14, 16, 20]


def by_name(rows):
    return {row["name"]: row for row in rows}


def test_the_metrics_of_a_model_computed_by_hand():
    # Errors 2, -1, 2, -3; the targets have squared distances 25, 1, 1, 25.
    row = by_name(compare([12, 18], Y_TEST, {"A": [12, 13, 18, 17]}))["A"]
    assert row["mae"] == pytest.approx(2)
    assert row["rmse"] == pytest.approx(math.sqrt(18 / 4))
    assert row["r2"] == pytest.approx(1 - 18 / 52)
    assert row["beats_baseline"]


def test_r_squared_may_be_negative():
    rows = by_name(compare([12, 18], Y_TEST, {"reversed": [20, 16, 14, 10]}))
    assert rows["reversed"]["r2"] == pytest.approx(-3)  # 1 - 208 / 52
    assert not rows["reversed"]["beats_baseline"]


def test_the_baseline_is_the_mean_of_the_training_targets():
    row = by_name(compare([15, 15, 18, 20], [10, 14, 20, 24], {}))["baseline"]
    assert row["mae"] == pytest.approx(5)  # it predicts 17: errors 7, 3, -3, -7
    assert row["rmse"] == pytest.approx(math.sqrt(116 / 4))
    assert row["r2"] == pytest.approx(0)
    rows = by_name(compare([10, 12], [13, 13, 21, 21], {"A": [13, 13, 21, 20]}))
    assert rows["baseline"]["mae"] == pytest.approx(6), "it predicts 11, not 17"
    assert rows["A"]["r2"] == pytest.approx(1 - 1 / 64), "distances from the test mean"


def test_a_column_of_predictions_counts_as_numbers():
    column = np.array([[12], [13], [18], [17]])
    row = by_name(compare([12, 18], Y_TEST, {"A": column}))["A"]
    assert row["mae"] == pytest.approx(2), "shapes (n, 1) and (n,) make a table"
    assert row["r2"] == pytest.approx(1 - 18 / 52)


def test_the_lowest_mae_comes_first_and_ties_keep_their_order():
    models = {
        "far": [30, 30, 30, 30],
        "low": [14, 14, 14, 14],  # MAE (4 + 0 + 2 + 6) / 4 = 3
        "same": [15, 15, 15, 15],  # MAE 3, as the baseline
        "exact": Y_TEST,
    }
    rows = compare([12, 18], Y_TEST, models)
    names = [row["name"] for row in rows]
    assert names == ["exact", "low", "same", "baseline", "far"]
    assert [row["beats_baseline"] for row in rows] == [True] + [False] * 4


def test_equal_targets_have_no_r_squared():
    row = by_name(compare([1, 3], [5, 5], {"A": [4, 6]}))["A"]
    assert math.isnan(row["r2"])
    assert row["mae"] == row["rmse"] == pytest.approx(1)
    row = by_name(compare([1, 3], [0.1] * 3, {"A": [1, 2, 3]}))["A"]
    assert math.isnan(row["r2"]), "rounding: is the sum of squares tiny, not 0?"


@pytest.mark.parametrize("predicted", [[1, 2, 3], [1], [[1], [2]]])
def test_a_wrong_number_of_predictions_is_refused(predicted):
    with pytest.raises(ValueError):
        compare([12, 18], Y_TEST, {"A": predicted})
