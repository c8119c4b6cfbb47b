"""Figures as a page of Markdown, for `docs/benchmarks.md`.

Knows how a table looks. Does not measure.
"""

from collections.abc import Iterator, Sequence

from backend.evaluation.figures import Figure

_HEAD = """# Benchmarks

Made by `make bench`, offline, from the corpus and the questions of this checkout. Each line is a mean with its 95 %
bootstrap interval; `report` is the half of the questions that is kept for reporting, though some choices were made with
it in view ([log.md](log.md) says which). What each figure counts is told in [answers.md](answers.md).
"""


def as_markdown(figures: Sequence[Figure]) -> str:
    """One table a suite, in the order in which the figures come."""
    return "\n".join([_HEAD, *_tables(figures)]) + "\n"


def _tables(figures: Sequence[Figure]) -> Iterator[str]:
    reported = {(it.suite, it.name): it for it in figures if it.half == "report"}
    for suite in dict.fromkeys(it.suite for it in figures):
        yield f"## {suite}\n"
        yield "| figure | items | all | report half |"
        yield "| --- | --- | --- | --- |"
        for it in figures:
            if it.suite == suite and it.half == "all":
                half = reported.get((it.suite, it.name))
                yield f"| {it.name} | {it.items} | {_cell(it)} | {_cell(half) if half else ''} |"
        yield ""


def _cell(it: Figure) -> str:
    return f"{it.value:.3f} [{it.low:.3f}, {it.high:.3f}]"
