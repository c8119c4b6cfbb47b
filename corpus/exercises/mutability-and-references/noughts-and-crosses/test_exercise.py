import pytest
from submission import empty_board, play


def test_an_empty_board_is_blank():
    assert empty_board(2) == [[" ", " "], [" ", " "]]
    assert empty_board(1) == [[" "]]


def test_the_rows_of_a_board_are_separate_lists():
    board = empty_board(3)
    board[0][0] = "X"
    assert board[1][0] == " "
    assert board[2][0] == " "


def test_a_move_marks_one_cell():
    board = [[" ", " "], [" ", " "]]
    assert play(board, 0, 1, "X") == [[" ", "X"], [" ", " "]]


def test_the_board_before_the_move_stays():
    before = [["X", " "], [" ", " "]]
    play(before, 1, 1, "O")
    assert before == [["X", " "], [" ", " "]]


def test_a_later_move_does_not_change_an_earlier_board():
    first = play(empty_board(2), 0, 0, "X")
    second = play(first, 0, 1, "O")
    second[1][1] = "X"
    assert first == [["X", " "], [" ", " "]]


def test_a_taken_cell_is_refused():
    board = [["X", " "], [" ", " "]]
    with pytest.raises(ValueError):
        play(board, 0, 0, "O")
    assert board == [["X", " "], [" ", " "]]
