Board = list[list[str]]


def empty_board(size: int) -> Board:
    """Return a board of blank cells."""
    raise NotImplementedError


def play(board: Board, row: int, column: int, mark: str) -> Board:
    """Return a new board with the mark in the cell."""
    raise NotImplementedError
