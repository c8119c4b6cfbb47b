import pandas as pd
import pytest
from submission import clean, monthly_counts

NAMES = [" Animal ID", "Species", "Found ", "WEIGHT"]
GOOD = ("A1", "cat", "01/09/2025", "4.5")


def table(*rows):
    return pd.DataFrame(rows, columns=NAMES, dtype="str")


def cleaned(column, *cells):
    """Clean a table in which the given column holds these cells."""
    raw = table(*[(f"A{number}", *GOOD[1:]) for number in range(len(cells))])
    raw[NAMES[column]] = pd.Series(cells, dtype="str")
    return clean(raw).iloc[:, column]


def test_names_are_tidy_and_text_is_trimmed():
    found = clean(table((" b7 ", " Old DOG", "01/09/2025", "9")))
    assert found.columns.tolist() == ["animal_id", "species", "found", "weight"]
    assert found["animal_id"].tolist() == ["B7"]
    assert found["species"].tolist() == ["old dog"]


def test_words_that_mean_missing_are_missing():
    species = cleaned(1, " ", "?", "Unknown", None, "cat")
    assert species.isna().tolist() == [True, True, True, True, False]


def test_dates_are_read_day_first():
    found = cleaned(2, "03/11/2025", " 25/12/2025 ", "31/02/2025", "2025-11-03", None)
    assert pd.api.types.is_datetime64_any_dtype(found)
    days = [pd.Timestamp(2025, 11, 3), pd.Timestamp(2025, 12, 25)]
    assert found[:2].tolist() == days
    assert found[2:].isna().all()


def test_weights_are_kilograms():
    weight = cleaned(3, "4.5", "3,25 kg", " 12KG ", "0", "-2", "heavy", "", None)
    assert weight.dtype == float
    assert weight[:3].tolist() == [4.5, 3.25, 12]
    assert weight[3:].isna().all()


def test_duplicates_that_are_spelled_differently_are_found():
    other, third = ("A2", *GOOD[1:]), ("a1 ", "Cat", " 01/09/2025", "4,5 kg")
    found = clean(table(GOOD, third, other, GOOD))
    assert found["animal_id"].tolist() == ["A1", "A2"], "clean before you compare"
    assert found.index.tolist() == [0, 1]


def test_rows_that_differ_in_one_column_are_kept():
    assert len(clean(table(GOOD, (*GOOD[:3], "4.6"), (*GOOD[:3], None)))) == 3


def test_the_raw_table_is_not_changed():
    raw = table(GOOD, ("a1", "?", "x", "-"))
    before = raw.copy()
    clean(raw)
    pd.testing.assert_frame_equal(raw, before)


@pytest.mark.parametrize(
    ("days", "counts"),
    [
        (["2025-11-30", "2025-09-01", "2025-09-30"], [2, 0, 1]),
        (["2025-09-15", None], [1]),
        ([None], []),
    ],
)
def test_every_month_is_counted(days, counts):
    animals = pd.DataFrame({"animal_id": [f"A{number}" for number in range(len(days))]})
    animals = animals.assign(species="cat", found=pd.to_datetime(days), weight=4.5)
    months = ["2025-09", "2025-10", "2025-11"][: len(counts)]
    assert monthly_counts(animals) == dict(zip(months, counts, strict=True))
