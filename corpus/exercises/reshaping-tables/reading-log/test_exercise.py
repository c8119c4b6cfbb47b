import numpy as np
import pandas as pd
from submission import long_pages, week_table


def log_of(*rows):
    return pd.DataFrame(rows, columns=["child", "day", "pages"])


def test_children_are_rows_and_days_are_columns_in_order():
    log = log_of(("Tom", "Fri", 5), ("Ida", "Mon", 7), ("Tom", "Wed", 9))
    table = week_table(log)
    assert table.index.tolist() == ["Ida", "Tom"]
    assert table.columns.tolist() == ["Mon", "Tue", "Wed", "Thu", "Fri"]
    assert table.values.tolist() == [[7, 0, 0, 0, 0], [0, 0, 9, 0, 5]]


def test_pages_of_one_day_are_added_and_not_averaged():
    log = log_of(("Ida", "Tue", 8), ("Ida", "Tue", 12), ("Tom", "Tue", 3))
    assert week_table(log)["Tue"].to_dict() == {"Ida": 20, "Tom": 3}


def test_cells_are_whole_numbers():
    table = week_table(log_of(("Ida", "Tue", 8), ("Tom", "Mon", 3)))
    assert all(kind.kind == "i" for kind in table.dtypes), "empty days give floats"


def test_an_empty_cell_of_the_sheet_gives_no_row():
    sheet = pd.DataFrame(
        {"child": ["Tom", "Ida"], "week 1": [30.0, np.nan], "week 2": [0.0, 25.0]}
    )
    rows = long_pages(sheet)
    assert rows.columns.tolist() == ["child", "week", "pages"]
    assert rows.values.tolist() == [["Ida", 2, 25], ["Tom", 1, 30], ["Tom", 2, 0]]
    assert rows.index.tolist() == [0, 1, 2]


def test_week_10_comes_after_week_9_and_is_a_number():
    sheet = pd.DataFrame({f"week {n}": [10.0 * n] for n in range(1, 13)})
    sheet.insert(0, "child", "Ida")
    rows = long_pages(sheet)
    assert rows["week"].tolist() == list(range(1, 13))
    assert rows["pages"].tolist() == list(range(10, 130, 10))
    assert rows["week"].dtype.kind == rows["pages"].dtype.kind == "i"


def test_the_given_tables_are_not_changed():
    log = log_of(("Ida", "Tue", 8))
    sheet = pd.DataFrame({"child": ["Ida"], "week 1": [3.0]})
    log_before, sheet_before = log.copy(), sheet.copy()
    week_table(log), long_pages(sheet)
    pd.testing.assert_frame_equal(log, log_before)
    pd.testing.assert_frame_equal(sheet, sheet_before)
