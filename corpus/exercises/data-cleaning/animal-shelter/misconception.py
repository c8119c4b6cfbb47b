import numpy as np
import pandas as pd

MEANS_MISSING = ["", "?", "unknown"]


def clean(raw: pd.DataFrame) -> pd.DataFrame:
    # drop_duplicates finds the repeated records, so the rest is cleaned only once.
    df = raw.drop_duplicates().reset_index(drop=True)
    df.columns = df.columns.str.strip().str.lower().str.replace(" ", "_")
    df["animal_id"] = df["animal_id"].str.strip().str.upper()
    df["species"] = df["species"].str.strip().str.lower()
    df["species"] = df["species"].replace(MEANS_MISSING, np.nan)
    df["found"] = pd.to_datetime(
        df["found"].str.strip(), format="%d/%m/%Y", errors="coerce"
    )
    weight = df["weight"].str.replace(",", ".")
    weight = weight.str.replace("kg", "", case=False).str.strip()
    df["weight"] = pd.to_numeric(weight, errors="coerce").astype(float)
    df.loc[df["weight"] <= 0, "weight"] = np.nan
    return df


def monthly_counts(table: pd.DataFrame) -> dict[str, int]:
    months = table["found"].dropna().dt.to_period("M")
    if months.empty:
        return {}
    every_month = pd.period_range(months.min(), months.max(), freq="M")
    counts = months.value_counts().reindex(every_month, fill_value=0)
    return {str(month): int(count) for month, count in counts.items()}
