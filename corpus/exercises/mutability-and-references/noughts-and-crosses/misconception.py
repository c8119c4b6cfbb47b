Board = list[list[str]]


def empty_board(size: int) -> Board:
    # Repeating a row seems to make as many rows as needed.
    return [[" "] * size] * size


def play(board: Board, row: int, column: int, mark: str) -> Board:
    if board[row][column] != " ":
        raise ValueError("the cell is taken")
    after = [list(cells) for cells in board]
    after[row][column] = mark
    return after
