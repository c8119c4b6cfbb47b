import pandas as pd

DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri"]


def week_table(log: pd.DataFrame) -> pd.DataFrame:
    """Return the pages of each child (rows) on each day (columns)."""
    wide = log.pivot_table(
        index="child", columns="day", values="pages", aggfunc="sum", fill_value=0
    )
    return wide.reindex(columns=DAYS, fill_value=0)


def long_pages(sheet: pd.DataFrame) -> pd.DataFrame:
    """Return child, week and pages: a row for each filled cell of the sheet."""
    long = sheet.melt(id_vars="child", var_name="week", value_name="pages")
    long = long.dropna(subset="pages")
    week = long["week"].str.removeprefix("week ").astype(int)
    return long.assign(week=week, pages=long["pages"].astype(int)).sort_values(
        ["child", "week"], ignore_index=True
    )
