import numpy as np
import pandas as pd
import pytest
from submission import line_report, overall_delay


def table(*rows):
    return pd.DataFrame(rows, columns=["line", "delay"]).astype({"delay": float})


def test_the_report_has_one_row_a_line_and_the_latest_first():
    report = line_report(table(("A", 1), ("B", 6), ("A", 4), ("A", 1)))
    assert list(report.columns) == ["line", "trips", "measured", "mean_delay"]
    assert report.values.tolist() == [["B", 1, 1, 6.0], ["A", 3, 3, 2.0]]
    assert report.index.tolist() == [0, 1]


def test_trips_with_a_missing_line_are_not_lost():
    trips = table(("A", 2), (None, 9), ("A", 4), (np.nan, 5), (None, np.nan))
    report = line_report(trips)
    assert report["trips"].sum() == 5, "some trips are in no group"
    assert report.values.tolist() == [["unknown", 3, 2, 7.0], ["A", 2, 2, 3.0]]


def test_all_trips_are_counted_also_those_without_a_delay():
    report = line_report(table(("A", 3), ("A", None), ("A", 5)))
    assert report.values.tolist() == [["A", 3, 2, 4.0]]


def test_equal_means_are_sorted_by_line():
    report = line_report(table(("C", 2), ("A", 2), ("D", 7), ("B", 2)))
    assert report["line"].tolist() == ["D", "A", "B", "C"]


def test_a_line_that_was_never_measured_comes_last():
    report = line_report(table(("A", None), ("B", -3), ("A", None)))
    assert report["line"].tolist() == ["B", "A"]
    assert report["measured"].tolist() == [1, 0]
    assert np.isnan(report["mean_delay"][1])


def test_the_given_trips_are_not_changed():
    trips = table(("B", 2), (None, 9))
    before = trips.copy()
    line_report(trips)
    pd.testing.assert_frame_equal(trips, before)


def test_the_overall_delay_is_no_mean_of_means():
    report = pd.DataFrame(
        {
            "line": ["B", "A", "C"],
            "trips": [4, 3, 2],
            "measured": [1, 3, 0],
            "mean_delay": [6.0, 2.0, np.nan],
        }
    )
    assert overall_delay(report) == pytest.approx(3.0)  # (6 + 2 + 2 + 2) / 4
