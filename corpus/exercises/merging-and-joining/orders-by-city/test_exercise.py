import pandas as pd
import pytest
from submission import add_city, city_totals


def customer_table(*rows):
    table = pd.DataFrame(rows, columns=["id", "city", "updated"])
    return table.astype({"updated": "datetime64[us]", "city": "str"})


@pytest.fixture
def orders():
    rows = [(1, 9, 20.0), (2, 7, 5.0), (3, 9, 1.0), (4, 8, 4.0)]
    return pd.DataFrame(rows, columns=["order", "customer", "amount"])


NINE, EIGHT = (9, "Rome", "2025-03-01"), (8, "Rome", "2023-01-01")
SEVEN = (7, "Oslo", "2024-01-01")
MOVED = [NINE, (9, "Oslo", "2023-01-01"), SEVEN, (9, "Bonn", "2024-05-01"), EIGHT]
MOVED.append((7, None, "2025-01-01"))  # the newest row has no city


def test_each_order_gets_its_city_and_keeps_its_place(orders):
    found = add_city(orders, customer_table(SEVEN, EIGHT, NINE))
    assert list(found.columns) == ["order", "customer", "amount", "city"]
    assert found["order"].tolist() == [1, 2, 3, 4]
    assert found["city"].tolist() == ["Rome", "Oslo", "Rome", "Rome"]


def test_a_customer_listed_three_times_does_not_multiply_the_orders(orders):
    found = add_city(orders, customer_table(*MOVED))
    assert found["order"].tolist() == [1, 2, 3, 4], "each order stands there once"
    assert found["city"].fillna("").tolist() == ["Rome", "", "Rome", "Rome"]
    totals = city_totals(orders, customer_table(*MOVED))
    assert totals == pytest.approx({"Rome": 25.0, "unknown": 5.0})


def test_an_order_of_an_unlisted_customer_is_kept(orders):
    found = add_city(orders, customer_table(SEVEN, EIGHT))
    assert found["amount"].tolist() == [20, 5, 1, 4]
    assert found["city"].isna().tolist() == [True, False, True, False]


def test_the_totals_add_up_by_city(orders):
    totals = city_totals(orders, customer_table(SEVEN, EIGHT, NINE))
    assert totals == pytest.approx({"Rome": 25.0, "Oslo": 5.0})


def test_orders_without_a_city_are_unknown(orders):
    totals = city_totals(orders, customer_table(NINE, (7, None, "2025-01-01")))
    assert totals == pytest.approx({"Rome": 21.0, "unknown": 9.0})


def test_the_given_tables_are_not_changed(orders):
    customers = customer_table(SEVEN, NINE)
    orders_before, customers_before = orders.copy(), customers.copy()
    city_totals(orders, customers)
    pd.testing.assert_frame_equal(orders, orders_before)
    pd.testing.assert_frame_equal(customers, customers_before)
