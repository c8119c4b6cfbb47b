import numpy as np
import pytest
from sklearn.datasets import load_wine
from submission import knn_predict

# The four corners of a square: both columns have the mean 0 and the spread 1.
CORNERS = [[1, 1], [1, -1], [-1, 1], [-1, -1]]


@pytest.mark.parametrize(("k", "colour"), [(1, "blue"), (3, "red"), (5, "blue")])
def test_the_majority_of_the_neighbours_decides(k, colour):
    X = [[1, 1], [2, 3], [3, 3], [6, 2], [5, 6]]
    y = ["red", "red", "blue", "blue", "blue"]
    assert knn_predict(X, y, [[3, 2]], k).tolist() == [colour]


def test_a_column_with_large_numbers_does_not_rule():
    # A person of 25 with 50,000 is like the one of 26, not like the one of 60.
    people = [[26, 51_000], [60, 50_100], [22, 30_000], [64, 70_000]]
    groups = ["young", "old", "young", "old"]
    assert knn_predict(people, groups, [[25, 50_000]], 1).tolist() == ["young"]
    X, y = load_wine(return_X_y=True)
    predicted = knn_predict(X[::2], y[::2], X[1::2], k=5)
    assert np.mean(predicted == y[1::2]) >= 0.9, "raw numbers reach about 0.7"


def test_the_new_rows_do_not_change_the_scale():
    together = knn_predict(CORNERS, list("abcd"), [[0.9, -0.2], [900, 0.1]], 1)
    alone = [
        knn_predict(CORNERS, list("abcd"), [row], 1)[0]
        for row in ([0.9, -0.2], [900, 0.1])
    ]
    assert together.tolist() == alone == ["b", "a"]


def test_a_tie_goes_to_the_label_of_the_nearest_voter():
    # From near to far the labels are z, a, a, z.
    predicted = knn_predict(CORNERS, ["z", "a", "a", "z"], [[0.6, 0.5]], 4)
    assert predicted.tolist() == ["z"]
    predicted = knn_predict(CORNERS, ["a", "z", "z", "a"], [[0.6, 0.5]], 4)
    assert predicted.tolist() == ["a"]


def test_equal_distances_prefer_the_earlier_row():
    assert knn_predict(CORNERS, [3, 2, 1, 0], [[0, 0]], 1).tolist() == [3]


def test_the_distance_is_the_euclidean_one():
    # Both columns have the same spread. The sums of steps are 20 and 24.
    axes, diagonals = [[20, 0], [-20, 0], [0, 20], [0, -20]], 12 * np.array(CORNERS)
    X, y = np.vstack([axes, diagonals]), ["axis"] * 4 + ["diagonal"] * 4
    assert knn_predict(X, y, [[0, 0]], 1).tolist() == ["diagonal"]


def test_a_constant_column_is_harmless():
    X = [[0, 7], [1, 7], [10, 7], [11, 7]]
    predicted = knn_predict(X, [0, 0, 1, 1], [[2, 7], [9, 7]], 1)
    assert predicted.tolist() == [0, 1]


def test_the_given_arrays_stay_as_they_are():
    X, new = np.array(CORNERS, dtype=float), np.array([[0.5, 0.0]])
    knn_predict(X, [0, 1, 2, 3], new, 2)
    assert X.tolist() == CORNERS
    assert new.tolist() == [[0.5, 0.0]]


@pytest.mark.parametrize(
    ("k", "labels"), [(0, [0, 1, 2, 3]), (5, [0, 1, 2, 3]), (1, [0, 1, 2])]
)
def test_a_k_or_labels_that_do_not_fit_are_refused(k, labels):
    with pytest.raises(ValueError):
        knn_predict(CORNERS, labels, [[0, 0]], k)
