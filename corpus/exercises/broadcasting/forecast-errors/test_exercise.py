import numpy as np
import pytest
from submission import constant_errors, mean_error

TARGETS = np.array([2.0, 4.0, 9.0])
FORECAST = np.array([3.0, 4.0, 4.0])  # distances 1, 0, 5


def test_each_constant_has_its_own_error():
    errors = constant_errors(TARGETS, np.array([4.0, 0.0]))
    assert errors.shape == (2,)
    assert errors == pytest.approx([7 / 3, 5.0])  # (2 + 0 + 5) / 3, 15 / 3


def test_as_many_constants_as_days_is_no_special_case():
    errors = constant_errors(TARGETS, np.array([0.0, 10.0, 9.0]))
    # (2 + 4 + 9) / 3, (8 + 6 + 1) / 3, (7 + 5 + 0) / 3
    assert errors == pytest.approx([5.0, 5.0, 4.0])


def test_the_median_is_the_best_constant():
    constants = np.arange(0.0, 10.5, 0.5)
    best = constants[constant_errors(TARGETS, constants).argmin()]
    assert best == 4.0


@pytest.mark.parametrize("shape", [(3,), (3, 1)])
def test_equal_shapes_give_the_mean_distance(shape):
    error = mean_error(TARGETS.reshape(shape), FORECAST.reshape(shape))
    assert isinstance(error, float)
    assert error == pytest.approx(2.0)


def test_a_column_and_a_flat_array_are_not_silently_broadcast():
    message = "all pairs were compared: print the shape of the difference"
    column = FORECAST.reshape(-1, 1)
    assert mean_error(TARGETS, column) == pytest.approx(2.0), message
    column = TARGETS.reshape(-1, 1)
    assert mean_error(column, FORECAST) == pytest.approx(2.0), message


@pytest.mark.parametrize(
    "shape", [(1,), (1, 1), (2,), (4,), (4, 1), (0,), (1, 3), (3, 2), (3, 1, 1)]
)
def test_other_lengths_and_shapes_are_refused(shape):
    with pytest.raises(ValueError):
        mean_error(TARGETS, np.zeros(shape))


def test_no_days_are_refused():
    with pytest.raises(ValueError):
        mean_error(np.zeros(0), np.zeros(0))
