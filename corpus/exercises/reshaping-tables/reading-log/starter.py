import pandas as pd

DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri"]


def week_table(log: pd.DataFrame) -> pd.DataFrame:
    """Return the pages of each child (rows) on each day (columns)."""
    raise NotImplementedError


def long_pages(sheet: pd.DataFrame) -> pd.DataFrame:
    """Return child, week and pages: a row for each filled cell of the sheet."""
    raise NotImplementedError
