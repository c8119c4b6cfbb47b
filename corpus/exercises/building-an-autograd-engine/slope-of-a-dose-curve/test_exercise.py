import math

import pytest
from submission import Value


def test_each_operation_computes_its_value():
    a, b = Value(6.0), Value(4.0)
    assert (a + b).data == 10 and (a - b).data == 2
    assert (a * b).data == 24 and (a / b).data == pytest.approx(1.5)
    assert (-a).data == -6 and (a**2).data == 36
    assert Value(0.0).exp().data == 1
    assert (a.data, b.data, a.grad) == (6, 4, 0), "the inputs must not change"


def test_plain_numbers_work_on_either_side():
    a = Value(4.0)
    assert [(a + 1).data, (1 + a).data, (a - 1).data, (1 - a).data] == [5, 5, 3, -3]
    assert [(a * 2).data, (2 * a).data] == [8, 8]
    assert [(a / 2).data, (2 / a).data] == pytest.approx([2, 0.5])


@pytest.mark.parametrize(
    ("formula", "slopes"),
    [
        (lambda a, b: a + b, (1, 1)),
        (lambda a, b: a - b, (1, -1)),
        (lambda a, b: a * b, (4, 2)),
        (lambda a, b: a / b, (1 / 4, -2 / 16)),
        (lambda a, b: 3 / a + 1 - b, (-3 / 4, -1)),
        (lambda a, b: a**3 + b**-0.5, (12, -0.5 * 4**-1.5)),
        (lambda a, b: (a * 2).exp() * 1 + b, (2 * math.exp(4), 1)),
    ],
)
def test_slopes_of_the_operations(formula, slopes):
    a, b = Value(2.0), Value(4.0)
    result = formula(a, b)
    result.backward()
    assert (a.grad, b.grad) == pytest.approx(slopes)
    assert result.grad == 1


def test_a_value_used_twice_gets_both_parts():
    a = Value(5.0)
    (a + a).backward()
    assert a.grad == 2, "each use of a value adds to its gradient"


def test_the_slope_of_the_dose_curve():
    d, k = Value(2.0), Value(6.0)
    (d / (d + k)).backward()
    assert (d.grad, k.grad) == pytest.approx((6 / 64, -2 / 64))  # k/(d+k)^2, -d/(d+k)^2


@pytest.mark.parametrize("c_is_first", [True, False])
def test_a_node_waits_for_all_nodes_that_use_it(c_is_first):
    a, b = Value(2.0), Value(3.0)
    c = a * b
    square = c * c
    (c + square if c_is_first else square + c).backward()
    assert c.grad == 13  # 2c + 1
    assert (a.grad, b.grad) == (39, 26), "c passed on an unfinished gradient"


def test_a_long_chain_does_not_hit_the_recursion_limit():
    start = total = Value(1.0)
    for _ in range(5000):
        total = total + 1
    total.backward()
    assert (total.data, start.grad) == (5001, 1)


def test_a_lone_value_has_slope_one_to_itself():
    a = Value(3)
    a.backward()
    assert a.grad == 1
