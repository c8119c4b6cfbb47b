import pandas as pd


def line_report(trips: pd.DataFrame) -> pd.DataFrame:
    """Return line, trips, measured and mean_delay, the latest line first."""
    raise NotImplementedError


def overall_delay(report: pd.DataFrame) -> float:
    """Return the mean delay over all measured trips of a report."""
    raise NotImplementedError
