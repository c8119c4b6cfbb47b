import numpy as np
import pytest
from sklearn.datasets import load_iris
from sklearn.tree import DecisionTreeClassifier
from submission import best_split, gini

STUDENTS = [[1, 1], [1, 1], [1, 0], [0, 0], [1, 0], [0, 0], [0, 0], [0, 0]]
RESULTS = ["P", "P", "P", "P", "F", "F", "F", "F"]


@pytest.mark.parametrize(
    ("labels", "impurity"),
    [("a", 0), ("bbb", 0), ("aabb", 0.5), ("aaab", 0.375), ("abc", 2 / 3)],
)
def test_the_impurity_of_small_groups(labels, impurity):
    assert gini(list(labels)) == pytest.approx(impurity)


def test_an_empty_group_has_no_impurity():
    with pytest.raises(ValueError):
        gini([])


def test_the_tutor_is_the_first_question():
    feature, threshold, decrease = best_split(STUDENTS, RESULTS)
    assert (feature, threshold) == (1, 0.5)
    assert decrease == pytest.approx(1 / 2 - 6 / 8 * 4 / 9), "are groups weighted?"


def test_thresholds_lie_halfway_between_neighbouring_values():
    # Unsorted rows with a repeated and a negative value.
    feature, threshold, decrease = best_split([[7], [-3], [2], [7]], [1, 0, 0, 1])
    assert (feature, threshold, decrease) == (0, 4.5, pytest.approx(0.5))


def test_a_split_with_the_same_majority_on_both_sides_can_be_the_best():
    # 9 P and 3 F into 5 P and 0 F, and 4 P and 3 F.
    X, y = [[0]] * 5 + [[1]] * 7, ["P"] * 9 + ["F"] * 3
    found = best_split(X, y)
    assert found is not None, "the impurity falls, although the errors do not"
    assert found[:2] == (0, 0.5)
    assert found[2] == pytest.approx(0.375 - 7 / 12 * 24 / 49)


def test_ties_prefer_the_lowest_feature_and_threshold():
    column = np.array([1, 2, 3, 4])
    constant = np.zeros(4)
    X = np.column_stack([constant, column, column])
    assert best_split(X, [0, 0, 1, 1])[:2] == (1, 2.5)
    assert best_split(X, [0, 1, 0, 1])[:2] == (1, 1.5)  # as good as 3.5


@pytest.mark.parametrize(
    ("X", "y"),
    [
        ([[1], [2], [3]], ["a", "a", "a"]),
        ([[5], [5]], ["a", "b"]),
        ([[1, 2]], ["a"]),
        ([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0]),  # XOR
    ],
)
def test_none_if_no_question_helps(X, y):
    assert best_split(X, y) is None


def test_the_root_of_scikit_learn_asks_the_same():
    X, y = (array[50:] for array in load_iris(return_X_y=True))  # two species
    tree = DecisionTreeClassifier(max_depth=1, random_state=0).fit(X, y).tree_
    feature, threshold, decrease = best_split(X, y)
    assert feature == tree.feature[0]
    assert threshold == pytest.approx(tree.threshold[0])
    after = tree.impurity[1:] @ tree.n_node_samples[1:] / tree.n_node_samples[0]
    assert decrease == pytest.approx(tree.impurity[0] - after)
