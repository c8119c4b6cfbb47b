import gc
import warnings

import pytest
from submission import last_entries, write_entry


@pytest.fixture
def path(tmp_path):
    return tmp_path / "diary.txt"


def test_an_entry_becomes_a_line(path):
    write_entry(path, "5 km")
    assert path.read_text(encoding="utf-8") == "5 km\n"


def test_a_second_entry_keeps_the_first(path):
    write_entry(path, "5 km")
    write_entry(path, "8 km")
    assert path.read_text(encoding="utf-8") == "5 km\n8 km\n"


def test_the_last_entries_keep_their_order(path):
    path.write_text("a\nb\nc\n", encoding="utf-8")
    assert last_entries(path, 2) == ["b", "c"]


def test_fewer_entries_than_asked_give_all(path):
    path.write_text("a\nb\n", encoding="utf-8")
    assert last_entries(path, 5) == ["a", "b"]
    assert last_entries(path, 0) == []


def test_a_missing_file_has_no_entries(path):
    assert last_entries(path, 3) == []
    assert not path.exists(), "reading must not make a file"


def test_letters_of_every_language_survive(path):
    write_entry(path, "Zürich 🏃")
    assert path.read_bytes().decode("utf-8").splitlines() == ["Zürich 🏃"]
    assert last_entries(path, 1) == ["Zürich 🏃"]


def test_each_function_closes_the_file(path):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        write_entry(path, "a")
        last_entries(path, 1)
        gc.collect()
    assert not [w for w in caught if w.category is ResourceWarning], "not closed"


def test_an_entry_with_a_line_break_is_refused(path):
    path.write_text("a\n", encoding="utf-8")
    with pytest.raises(ValueError):
        write_entry(path, "b\nc")
    assert path.read_text(encoding="utf-8") == "a\n"
