import pandas as pd

MEANS_MISSING = ["", "?", "unknown"]


def clean(raw: pd.DataFrame) -> pd.DataFrame:
    """Return the clean table: animal_id, species, found and weight."""
    table = raw.set_axis(
        raw.columns.str.strip().str.lower().str.replace(" ", "_"), axis="columns"
    )
    species = table["species"].str.strip().str.lower()
    table = table.assign(
        animal_id=table["animal_id"].str.strip().str.upper(),
        species=species.mask(species.isin(MEANS_MISSING)),
        found=pd.to_datetime(
            table["found"].str.strip(), format="%d/%m/%Y", errors="coerce"
        ),
        weight=_kilograms(table["weight"]),
    )
    return table.drop_duplicates(ignore_index=True)


def _kilograms(text: pd.Series) -> pd.Series:
    number = text.str.lower().str.replace("kg", "").str.replace(",", ".").str.strip()
    weight = pd.to_numeric(number, errors="coerce").astype(float)
    return weight.where(weight > 0)


def monthly_counts(table: pd.DataFrame) -> dict[str, int]:
    """Return the number of animals of each month, such as {'2025-09': 2}."""
    one_each = pd.Series(1, index=table["found"].dropna())
    counts = one_each.resample("MS").sum()
    return {f"{month:%Y-%m}": int(count) for month, count in counts.items()}
