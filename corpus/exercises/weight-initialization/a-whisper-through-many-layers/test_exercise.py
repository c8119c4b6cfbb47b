import numpy as np
import pytest
from submission import init_layers, signal_sizes


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def test_shapes_and_zero_biases(rng):
    layers = init_layers([5, 3, 2], rng)
    assert [weights.shape for weights, _ in layers] == [(5, 3), (3, 2)]
    assert [biases.tolist() for _, biases in layers] == [[0, 0, 0], [0, 0]]


def test_no_two_weights_are_equal(rng):
    (weights, _), (more, _) = init_layers([20, 30, 10], rng)
    assert len(np.unique(np.append(weights, more))) == 20 * 30 + 30 * 10


def test_weights_shrink_with_the_number_of_inputs(rng):
    (wide, _), (narrow, _), (last, _) = init_layers([800, 200, 400, 300], rng)
    # With 60,000 weights and more, the measured spread is within 2 percent.
    assert wide.std() == pytest.approx(np.sqrt(2 / 800), rel=0.02)
    assert narrow.std() == pytest.approx(np.sqrt(2 / 200), rel=0.02)
    assert last.std() == pytest.approx(np.sqrt(1 / 400), rel=0.02)
    assert wide.mean() == pytest.approx(0, abs=0.001)


def test_weights_are_normal_and_not_uniform(rng):
    weights, _ = init_layers([300, 300, 1], rng)[0]
    within_one = np.mean(np.abs(weights) < weights.std())
    assert within_one == pytest.approx(0.683, abs=0.01)  # 0.577 for uniform weights


def test_the_generator_decides_on_the_weights():
    rng = np.random.default_rng(1)
    first, second = init_layers([4, 3], rng), init_layers([4, 3], rng)
    again = init_layers([4, 3], np.random.default_rng(1))
    np.testing.assert_array_equal(first[0][0], again[0][0])
    assert not np.array_equal(first[0][0], second[0][0]), "draw from the given rng"


def test_signal_sizes_by_hand():
    first = (np.array([[1.0, -1.0], [1.0, 0.0]]), np.array([0.0, 2.0]))
    last = (np.array([[1.0], [-4.0]]), np.array([0.0]))
    # [3, 1] gives (4, -1), so (4, 0) after the ReLU, and then 4.
    # [0, 0] gives (0, 2), and then -8.
    sizes = signal_sizes(np.array([[3.0, 1.0], [0.0, 0.0]]), [first, last])
    assert sizes == pytest.approx([np.sqrt(20 / 4), np.sqrt(80 / 2)])


def test_a_signal_keeps_its_size_through_ten_layers(rng):
    x = rng.normal(size=(200, 400))
    sizes = signal_sizes(x, init_layers([400] * 11, rng))
    assert len(sizes) == 10
    assert 1 / 3 < min(sizes) and max(sizes) < 3, f"the signal went {sizes}"


@pytest.mark.parametrize("sizes", [[], [3], [3, 0], [0, 3]])
def test_impossible_sizes_are_refused(sizes, rng):
    with pytest.raises(ValueError):
        init_layers(sizes, rng)
