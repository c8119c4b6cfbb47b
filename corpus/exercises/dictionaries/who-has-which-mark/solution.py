def pupils_by_mark(marks: dict[str, int]) -> dict[int, list[str]]:
    """Return the sorted names for each mark, the marks in ascending order."""
    by_mark: dict[int, list[str]] = {}
    for name, mark in marks.items():
        by_mark.setdefault(mark, []).append(name)
    return {mark: sorted(by_mark[mark]) for mark in sorted(by_mark)}
