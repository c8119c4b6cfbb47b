def pupils_by_mark(marks: dict[str, int]) -> dict[int, list[str]]:
    by_mark = {}
    for name in sorted(marks):
        # Each pupil is stored under the mark, so all of them seem to be kept.
        by_mark[marks[name]] = [name]
    return {mark: by_mark[mark] for mark in sorted(by_mark)}
