import math
import warnings

import numpy as np
import pytest
from submission import boundary, fit, sigmoid

HOURS = np.array([0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0]).reshape(-1, 1)
PASSED = np.array([0, 0, 0, 1, 0, 1, 1, 1])


def test_the_sigmoid_of_known_scores():
    odds = np.array([1 / 9, 1.0, 4.0])  # odds of 1 to 9, 1 to 1 and 4 to 1
    assert sigmoid(np.log(odds)) == pytest.approx([0.1, 0.5, 0.8])


def test_the_sigmoid_of_huge_scores_does_not_overflow():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert sigmoid(np.array([-1000.0, 1000.0])) == pytest.approx([0, 1])


def test_one_step_computed_by_hand():
    # p is 0.5 everywhere, so the errors are -0.5 and -0.5.
    weights, bias = fit([[1, 2], [3, -4]], [1, 1], learning_rate=0.1, steps=1)
    assert weights == pytest.approx([0.1, -0.05])
    assert bias == pytest.approx(0.05)


def test_two_steps_move_weights_and_bias_together():
    # After one step at rate 1 the weight is 0.5 and the bias is 0.5: the score is 1.
    weights, bias = fit([[1]], [1], learning_rate=1, steps=2)
    expected = 0.5 + 1 - 1 / (1 + math.exp(-1))
    assert weights == pytest.approx([expected])
    assert bias == pytest.approx(expected)


def test_many_steps_reach_the_lowest_log_loss():
    weights, bias = fit(HOURS, PASSED, learning_rate=0.5, steps=4000)
    p = 1 / (1 + np.exp(-(HOURS @ weights + bias)))
    # At the minimum, the expected passes and their hours equal the real ones.
    assert p.sum() == pytest.approx(4, abs=1e-4)
    assert p @ HOURS[:, 0] == pytest.approx(PASSED @ HOURS[:, 0], abs=1e-4)


def test_labels_other_than_0_and_1_are_refused():
    with pytest.raises(ValueError):
        fit([[1], [2]], [1, 2], 0.1, 1)


def test_the_boundary_at_one_half_is_where_the_score_is_0():
    assert boundary(2.0, -4.0, 0.5) == pytest.approx(2)
    assert boundary(-0.5, 3.0, 0.5) == pytest.approx(6)


@pytest.mark.parametrize(("weight", "bias"), [(2.0, -4.0), (-1.0, 0.5)])
@pytest.mark.parametrize("threshold", [0.2, 0.8, 0.95])
def test_the_boundary_moves_with_the_threshold(weight, bias, threshold):
    x = boundary(weight, bias, threshold)
    assert 1 / (1 + math.exp(-(weight * x + bias))) == pytest.approx(threshold)


@pytest.mark.parametrize(("weight", "threshold"), [(1, 0), (1, 1), (1, 2), (0, 0.5)])
def test_a_boundary_that_does_not_exist_is_refused(weight, threshold):
    with pytest.raises(ValueError):
        boundary(weight, 1.0, threshold)
