import warnings

import numpy as np
import pytest
from submission import self_attention

ONE = np.eye(1)


@pytest.fixture(autouse=True)
def no_warnings():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


@pytest.fixture
def notes():
    rng = np.random.default_rng(5)
    shapes = [(6, 4), (4, 3), (4, 3), (4, 2)]
    return [rng.normal(size=shape) for shape in shapes]


def test_shapes_and_unchanged_inputs(notes):
    before = [array.copy() for array in notes]
    output, weights = self_attention(*notes)
    for array, copied in zip(notes, before, strict=True):
        np.testing.assert_array_equal(array, copied, "the inputs must not change")
    assert output.shape == (6, 2)
    assert weights.shape == (6, 6)


def test_without_a_mask_by_hand():
    # The queries are 0 and ln 3, the keys 0 and 1, the values 0 and 10.
    x = np.array([[0.0], [1.0]])
    output, weights = self_attention(x, ONE * np.log(3), ONE, ONE * 10, causal=False)
    np.testing.assert_allclose(weights, [[0.5, 0.5], [0.25, 0.75]])
    np.testing.assert_allclose(output, [[5], [7.5]])


def test_scores_are_divided_by_the_root_of_the_key_length():
    x = np.eye(2)
    w = np.array([[0.0, 0, 0, 0], [1, 1, 1, 1]])  # token 1 has the raw score 4
    _, weights = self_attention(x, w, w, np.eye(2), causal=False)
    np.testing.assert_allclose(weights[1, 1] / weights[1, 0], np.exp(4 / 2))


def test_masked_rows_still_add_up_to_one(notes):
    _, weights = self_attention(*notes)
    np.testing.assert_allclose(
        weights.sum(axis=1), np.ones(6), err_msg="mask the scores, not the weights"
    )


def test_later_tokens_have_no_weight_and_earlier_ones_do(notes):
    _, weights = self_attention(*notes)
    for row in range(6):
        assert np.all(weights[row, row + 1 :] == 0)
        assert np.all(weights[row, : row + 1] > 0)


def test_a_later_token_changes_nothing_before_it(notes):
    x, *matrices = notes
    changed = x.copy()
    changed[4] += 3
    for before, after in zip(
        self_attention(x, *matrices), self_attention(changed, *matrices), strict=True
    ):
        np.testing.assert_allclose(before[:4], after[:4])
        assert not np.allclose(before[4:], after[4:])


def test_without_a_mask_the_order_of_tokens_does_not_matter(notes):
    x, *matrices = notes
    output, _ = self_attention(x, *matrices, causal=False)
    backwards, _ = self_attention(x[::-1], *matrices, causal=False)
    np.testing.assert_allclose(output, backwards[::-1])


@pytest.mark.parametrize("causal", [True, False])
def test_huge_scores_stay_finite(causal):
    x = np.array([[100.0], [100.0], [-100.0]])
    output, _ = self_attention(x, ONE, ONE, ONE, causal=causal)
    np.testing.assert_allclose(output, x)


@pytest.mark.parametrize("causal", [True, False])
def test_one_token_attends_to_itself_and_inputs_stay(causal):
    x = np.array([[3.0]])
    output, weights = self_attention(x, ONE, ONE, ONE * 2, causal=causal)
    assert (output.item(), weights.item(), x.item()) == (6, 1, 3)
