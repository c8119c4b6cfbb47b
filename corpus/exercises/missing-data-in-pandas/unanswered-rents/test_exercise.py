import numpy as np
import pandas as pd
import pytest
from submission import fill_rents

GAP = np.nan


def table(*rows):
    table = pd.DataFrame(rows, columns=["city", "rent"])
    return table.astype({"city": "str", "rent": float})


@pytest.fixture
def answers():
    rows = [("A", 500), ("A", 700), ("A", 3000), ("A", GAP), ("B", 400), ("B", -1)]
    return table(*rows)


def test_a_gap_gets_the_median_of_its_city(answers):
    train, test = fill_rents(answers, table(("B", GAP), ("A", GAP)))
    assert train["rent"].tolist() == [500, 700, 3000, 700, 400, 400]
    assert test["rent"].tolist() == [400, 700]


def test_the_rents_of_the_test_rows_do_not_fill_any_gap(answers):
    unseen = table(("A", 9000), ("A", 9000), ("B", 9000), ("C", 9000), (None, GAP))
    train, test = fill_rents(answers, unseen)
    message = "compute the medians on the training table only"
    assert train["rent"].tolist() == [500, 700, 3000, 700, 400, 400], message
    assert test["rent"].tolist() == [9000, 9000, 9000, 9000, 600], message


def test_a_city_without_a_known_rent_gets_the_median_of_all(answers):
    # C is not among the answers, D has no rent there; the median of the rents
    # 400, 500, 700 and 3000 is 600.
    train, test = fill_rents(
        pd.concat([answers, table(("D", -1), (None, GAP))], ignore_index=True),
        table(("C", GAP), ("D", -1), (None, -1)),
    )
    assert train["rent"].tolist()[-2:] == [600, 600]
    assert test["rent"].tolist() == [600, 600, 600]


def test_the_new_column_tells_where_the_gaps_were(answers):
    train, test = fill_rents(answers, table(("A", 0), ("B", -1)))
    assert list(train.columns) == list(test.columns) == ["city", "rent", "rent_missing"]
    assert train["rent_missing"].tolist() == [False, False, False, True, False, True]
    assert test["rent_missing"].tolist() == [False, True]


def test_a_rent_of_zero_is_an_answer():
    train, test = fill_rents(table(("A", 0), ("A", 0), ("A", 9)), table(("A", GAP)))
    assert train["rent"].tolist() == [0, 0, 9]
    assert test["rent"].tolist() == [0]


def test_other_columns_and_the_index_stay(answers):
    answers.insert(0, "rooms", [1, GAP, 3, -1, 5, 6])
    train, _ = fill_rents(answers.set_axis([6, 5, 4, 3, 2, 1]), answers)
    assert list(train.columns) == ["rooms", "city", "rent", "rent_missing"]
    assert train.index.tolist() == [6, 5, 4, 3, 2, 1]
    assert train["rooms"].fillna(0).tolist() == [1, 0, 3, -1, 5, 6]


def test_the_given_tables_are_not_changed(answers):
    train, test = answers.copy(), answers.copy()
    fill_rents(train, test)
    pd.testing.assert_frame_equal(train, answers)
    pd.testing.assert_frame_equal(test, answers)
