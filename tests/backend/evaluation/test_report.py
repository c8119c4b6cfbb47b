"""The page of figures."""

from backend.evaluation.figures import Figure
from backend.evaluation.report import as_markdown


def a_figure(suite: str, name: str, half: str, value: float) -> Figure:
    return Figure(suite=suite, name=name, half=half, items=7, value=value, low=value - 0.1, high=value + 0.1)


def test_each_suite_is_a_table_with_both_halves_side_by_side() -> None:
    page = as_markdown(
        [
            a_figure("steps", "right step", "all", 0.9),
            a_figure("retrieval", "nDCG@10", "all", 0.65),
            a_figure("steps", "right step", "tune", 0.95),
            a_figure("steps", "right step", "report", 0.85),
        ]
    )
    steps, retrieval = page.split("## ")[1:]
    assert "| right step | 7 | 0.900 [0.800, 1.000] | 0.850 [0.750, 0.950] |" in steps
    assert "| nDCG@10 | 7 | 0.650 [0.550, 0.750] |  |" in retrieval
    assert "0.950 [" not in page
