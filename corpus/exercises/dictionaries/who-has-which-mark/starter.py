def pupils_by_mark(marks: dict[str, int]) -> dict[int, list[str]]:
    """Return the sorted names for each mark, the marks in ascending order."""
    raise NotImplementedError
