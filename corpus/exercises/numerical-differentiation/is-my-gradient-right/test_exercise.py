import numpy as np
import pytest
from submission import numerical_gradient, worst_error


def bend(w):
    return w[0] ** 3 + w[0] * w[1] ** 2


def slopes_of_bend(w):
    return np.array([3 * w[0] ** 2 + w[1] ** 2, 2 * w[0] * w[1]])


def test_the_slope_for_each_weight():
    weights = [1.5, -2.0]
    assert numerical_gradient(bend, weights) == pytest.approx([10.75, -6], rel=1e-7)


def test_whole_numbers_are_nudged_too():
    for weights in ([2, 5], np.array([2, 5])):
        found = numerical_gradient(bend, weights)
        assert found == pytest.approx([37, 20], rel=1e-7), (
            "an array of integers cuts the decimals off"
        )


def test_the_difference_is_central_and_has_the_asked_step():
    # For the cube, the central difference is 3 x² + h².
    def cube(w):
        return w[0] ** 3

    assert numerical_gradient(cube, [2.0], step=0.1) == pytest.approx([12.01])
    assert numerical_gradient(cube, [2.0], step=0.5) == pytest.approx([12.25])


def test_the_other_weights_stay_in_place():
    # With a step of 0.5, a nudge that is left over from weight 0 would show.
    def loss(w):
        return w[0] ** 2 * w[1] + w[2] * w[1]

    found = numerical_gradient(loss, [3.0, 2.0, 4.0], step=0.5)
    assert found == pytest.approx([12, 13, 2])


def test_the_given_weights_do_not_change():
    weights = np.array([1.5, -2.0])
    as_list = [1.5, -2.0]
    numerical_gradient(bend, weights)
    worst_error(bend, slopes_of_bend, weights)
    worst_error(bend, slopes_of_bend, as_list)
    assert weights.tolist() == [1.5, -2.0]
    assert as_list == [1.5, -2.0]


def test_a_right_gradient_has_a_tiny_error():
    assert 0 <= worst_error(bend, slopes_of_bend, [1.5, -2.0]) < 1e-6

    def mean_squared_error(w):
        x, y = np.array([0.0, 1.0, 2.0]), np.array([1.0, 2.0, 4.0])
        return np.mean((w[0] * x + w[1] - y) ** 2)

    def by_hand(w):
        x, y = np.array([0.0, 1.0, 2.0]), np.array([1.0, 2.0, 4.0])
        error = w[0] * x + w[1] - y
        return np.array([2 * np.mean(error * x), 2 * np.mean(error)])

    assert worst_error(mean_squared_error, by_hand, [0.3, -0.7]) < 1e-6


def test_a_wrong_slope_is_found_wherever_it_stands():
    def first_is_wrong(w):
        return slopes_of_bend(w) * [0.5, 1]

    def last_has_the_wrong_sign(w):
        return slopes_of_bend(w) * [1, -1]

    weights = [1.5, -2.0]
    assert worst_error(bend, first_is_wrong, weights) == pytest.approx(0.5)
    assert worst_error(bend, last_has_the_wrong_sign, weights) == pytest.approx(2)


def test_the_error_is_relative_to_the_larger_slope():
    def loss(w):
        return 1000 * w[0] + 0.001 * w[1]

    def gradient(w):
        return np.array([1000.001, 0.002])

    assert worst_error(loss, gradient, [0.0, 0.0]) == pytest.approx(0.5, abs=1e-4)


def test_two_slopes_of_almost_zero_count_as_equal():
    def loss(w):
        return w[0] ** 2

    assert worst_error(loss, lambda w: np.array([2e-9, 0.0]), [0.0, 7.0]) == 0
    assert worst_error(
        loss, lambda w: np.array([2e-7, 0.0]), [0.0, 7.0]
    ) == pytest.approx(1)
