import pytest
from submission import last_window, windows


def test_each_window_has_the_asked_size():
    assert [len(window) for window in windows([1, 2, 3, 4, 5], 3)] == [3, 3, 3]


def test_the_windows_cover_the_whole_series():
    assert windows([5, 6, 7, 8], 3) == [[5, 6, 7], [6, 7, 8]]


def test_windows_of_one_value():
    assert windows([4, 9], 1) == [[4], [9]]


def test_a_window_may_be_the_whole_series():
    assert windows([4, 9], 2) == [[4, 9]]


def test_a_short_series_has_no_window():
    assert windows([4, 9], 3) == []
    assert windows([], 1) == []
    assert last_window([4, 9], 3) == []


def test_the_last_window_ends_with_the_last_value():
    assert last_window([5, 6, 7, 8], 3) == [6, 7, 8]
    assert last_window([5, 6, 7, 8], 1) == [8]


@pytest.mark.parametrize("size", [0, -2])
def test_a_size_below_one_is_refused(size):
    with pytest.raises(ValueError):
        windows([1, 2], size)
    with pytest.raises(ValueError):
        last_window([1, 2], size)
