import pytest
from submission import read_lines


def test_good_lines_become_values():
    assert read_lines(["1.5", "-2", " 3 "]) == ([1.5, -2.0, 3.0], [])


def test_bad_lines_are_named_and_the_rest_is_used():
    values, bad = read_lines(["1", "oops", "2", "1,5"])
    assert values == [1.0, 2.0]
    assert bad == [(2, "oops"), (4, "1,5")]


def test_blank_lines_are_skipped_but_counted():
    assert read_lines(["", "1", "  ", "x"]) == ([1.0], [(4, "x")])


def test_a_bad_line_is_kept_as_it_stands():
    assert read_lines([" 1 kg "]) == ([], [(1, " 1 kg ")])


def test_no_lines_give_nothing():
    assert read_lines([]) == ([], [])


def test_another_converter_may_be_given():
    assert read_lines(["ff", "zz"], lambda text: int(text, 16)) == ([255], [(2, "zz")])


@pytest.mark.parametrize("error", [ZeroDivisionError, NameError, KeyboardInterrupt])
def test_other_errors_reach_the_caller(error):
    def broken(line):
        raise error("a mistake in the program")

    with pytest.raises(error):
        read_lines(["1"], broken)
