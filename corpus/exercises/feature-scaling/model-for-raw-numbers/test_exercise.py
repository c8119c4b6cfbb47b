import numpy as np
import pytest
from submission import raw_model, standardize

TRAIN = [[3, 100], [5, 300], [5, 300], [11, 500]]


def test_the_training_table_gets_z_scores():
    (scaled,) = standardize([[3], [5], [5], [11]])  # mean 6, standard deviation 3
    assert scaled == pytest.approx(np.array([[-1], [-1 / 3], [-1 / 3], [5 / 3]]))


def test_each_column_has_its_own_scale():
    (scaled,) = standardize(TRAIN)
    assert scaled.mean(axis=0) == pytest.approx([0, 0])
    assert scaled.std(axis=0) == pytest.approx([1, 1])


def test_other_tables_use_the_scale_of_the_training_table():
    tables = standardize([[3], [5], [5], [11]], [[12]], [[6], [0], [9]])
    assert len(tables) == 3
    assert tables[0][-1] == pytest.approx([5 / 3]), "the training rows alone decide"
    assert tables[1] == pytest.approx(np.array([[2]]))
    assert tables[2] == pytest.approx(np.array([[0], [-2], [1]]))


@pytest.mark.parametrize("value", [7, 0.1])
def test_a_constant_column_loses_only_its_mean(value):
    (scaled,) = standardize([[1, value], [3, value], [5, value]])
    assert np.isfinite(scaled).all(), "divided by a standard deviation of 0?"
    assert scaled[:, 1] == pytest.approx([0, 0, 0]), "rounding: is std tiny, not 0?"


def test_the_given_tables_stay_as_they_are():
    train, new = np.array([[1.0], [3.0]]), np.array([[5.0], [7.0]])
    standardize(train, new)
    assert train.tolist() == [[1], [3]]
    assert new.tolist() == [[5], [7]]


def test_the_raw_model_computed_by_hand():
    # 6 * (x - 6) / 3 + 10 is 2 * x - 2.
    weights, bias = raw_model([6.0], 10.0, [[3], [5], [5], [11]])
    assert weights == pytest.approx([2])
    assert bias == pytest.approx(-2)


def test_the_raw_model_predicts_the_same_from_raw_values():
    train = np.array(TRAIN)
    z = (train - train.mean(axis=0)) / train.std(axis=0)
    weights, bias = raw_model([2.5, -1.5], 4.0, train)
    assert train @ weights + bias == pytest.approx(z @ [2.5, -1.5] + 4.0)


def test_the_raw_model_of_a_constant_column():
    weights, bias = raw_model([3.0], 1.0, [[5], [5]])
    assert (weights[0], bias) == pytest.approx((3, -14))  # 3 * (x - 5) + 1


def test_tables_that_cannot_be_scaled_are_refused():
    with pytest.raises(ValueError):
        standardize(np.empty((0, 2)))
    with pytest.raises(ValueError):
        raw_model([1.0, 2.0], 0.0, np.empty((0, 2)))
    with pytest.raises(ValueError):
        standardize(TRAIN, [[1], [2]])
