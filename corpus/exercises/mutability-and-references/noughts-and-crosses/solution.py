Board = list[list[str]]


def empty_board(size: int) -> Board:
    """Return a board of blank cells."""
    return [[" "] * size for _ in range(size)]


def play(board: Board, row: int, column: int, mark: str) -> Board:
    """Return a new board with the mark in the cell."""
    if board[row][column] != " ":
        raise ValueError(f"the cell ({row}, {column}) is taken")
    after = [cells.copy() for cells in board]
    after[row][column] = mark
    return after
