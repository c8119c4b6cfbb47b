import math
import warnings

import numpy as np
import pytest
from submission import cross_entropy, softmax


@pytest.fixture(autouse=True)
def no_warnings():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def test_scores_that_are_logarithms_give_shares():
    probabilities = softmax(np.log([1.0, 3.0, 4.0]))
    np.testing.assert_allclose(probabilities, [1 / 8, 3 / 8, 4 / 8])


def test_each_row_of_a_batch_is_on_its_own():
    probabilities = softmax([[0, 0], [0, math.log(3)], [-7, -7]])
    np.testing.assert_allclose(probabilities, [[0.5, 0.5], [0.25, 0.75], [0.5, 0.5]])


def test_huge_and_tiny_scores_stay_exact():
    far_apart = softmax([[5000, 5000], [-2000, -2000], [0, -2000]])
    np.testing.assert_allclose(far_apart, [[0.5, 0.5], [0.5, 0.5], [1, 0]])
    one_row_is_larger = softmax([[0, math.log(3)], [5000, 5000]])
    np.testing.assert_allclose(one_row_is_larger, [[0.25, 0.75], [0.5, 0.5]])


def test_equal_scores_give_the_logarithm_of_the_number_of_classes():
    assert cross_entropy(np.zeros((3, 10)), [0, 4, 9]) == pytest.approx(math.log(10))


def test_the_loss_takes_softmax_of_the_raw_scores_once():
    scores = np.log([[1.0, 3.0, 4.0], [6.0, 3.0, 1.0]])
    expected = (math.log(8 / 3) + math.log(10 / 6)) / 2
    assert cross_entropy(scores, [1, 0]) == pytest.approx(expected)
    confident = cross_entropy([[50.0, 0.0, 0.0]], [0])
    assert confident == pytest.approx(0, abs=1e-9), "was softmax applied twice?"


def test_a_confident_mistake_costs_its_gap_and_not_infinity():
    assert cross_entropy([[0, 2000]], [0]) == pytest.approx(2000)
    assert cross_entropy([[0, 5000], [5000, 0]], [0, 0]) == pytest.approx(2500)


def test_the_inputs_stay_unchanged():
    scores = np.array([[1.0, 2.0], [3.0, 5.0]])
    before = scores.copy()
    softmax(scores)
    cross_entropy(scores, np.array([0, 1]))
    np.testing.assert_array_equal(scores, before)


@pytest.mark.parametrize(
    ("scores", "labels"), [(np.zeros((0, 3)), []), (np.zeros((2, 3)), [1])]
)
def test_a_batch_without_fitting_labels_is_refused(scores, labels):
    with pytest.raises(ValueError):
        cross_entropy(scores, labels)
