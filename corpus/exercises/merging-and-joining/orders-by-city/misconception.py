import pandas as pd


def add_city(orders: pd.DataFrame, customers: pd.DataFrame) -> pd.DataFrame:
    # A left join keeps the rows of the orders. With the customers sorted from new
    # to old, each order gets the newest city.
    customers = customers.sort_values("updated", ascending=False)
    merged = orders.merge(customers, how="left", left_on="customer", right_on="id")
    return merged.drop(columns=["id", "updated"])


def city_totals(orders: pd.DataFrame, customers: pd.DataFrame) -> dict[str, float]:
    placed = add_city(orders, customers).fillna({"city": "unknown"})
    return placed.groupby("city")["amount"].sum().astype(float).to_dict()
