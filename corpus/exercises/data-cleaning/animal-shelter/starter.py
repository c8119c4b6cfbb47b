import pandas as pd

MEANS_MISSING = ["", "?", "unknown"]


def clean(raw: pd.DataFrame) -> pd.DataFrame:
    """Return the clean table: animal_id, species, found and weight."""
    raise NotImplementedError


def monthly_counts(table: pd.DataFrame) -> dict[str, int]:
    """Return the number of animals of each month, such as {'2025-09': 2}."""
    raise NotImplementedError
