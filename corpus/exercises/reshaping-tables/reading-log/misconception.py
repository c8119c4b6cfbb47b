import pandas as pd

DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri"]


def week_table(log: pd.DataFrame) -> pd.DataFrame:
    # A pivot table adds up the entries that fall into one cell.
    wide = log.pivot_table(index="child", columns="day", values="pages")
    return wide.reindex(columns=DAYS).fillna(0).astype(int)


def long_pages(sheet: pd.DataFrame) -> pd.DataFrame:
    long = sheet.melt("child", var_name="week", value_name="pages").dropna()
    long["week"] = long["week"].str.split().str[1].astype(int)
    long["pages"] = long["pages"].astype(int)
    return long.sort_values(["child", "week"]).reset_index(drop=True)
