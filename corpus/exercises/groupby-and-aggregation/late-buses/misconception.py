import pandas as pd


def line_report(trips: pd.DataFrame) -> pd.DataFrame:
    # Every trip belongs to a group, so the groups hold all rows.
    delays = trips.groupby("line")["delay"]
    report = delays.agg(trips="size", measured="count", mean_delay="mean")
    report = report.reset_index()
    report["line"] = report["line"].fillna("unknown")
    return report.sort_values(
        ["mean_delay", "line"], ascending=[False, True], ignore_index=True
    )


def overall_delay(report: pd.DataFrame) -> float:
    measured = report[report["measured"] > 0]
    minutes = (measured["mean_delay"] * measured["measured"]).sum()
    return float(minutes / measured["measured"].sum())
