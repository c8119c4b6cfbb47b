import pandas as pd


def line_report(trips: pd.DataFrame) -> pd.DataFrame:
    """Return line, trips, measured and mean_delay, the latest line first."""
    named = trips.assign(line=trips["line"].fillna("unknown"))
    report = named.groupby("line", as_index=False).agg(
        trips=("delay", "size"),
        measured=("delay", "count"),
        mean_delay=("delay", "mean"),
    )
    return report.sort_values(
        ["mean_delay", "line"], ascending=[False, True], ignore_index=True
    )


def overall_delay(report: pd.DataFrame) -> float:
    """Return the mean delay over all measured trips of a report."""
    minutes = report["mean_delay"] * report["measured"]
    return float(minutes.sum() / report["measured"].sum())
