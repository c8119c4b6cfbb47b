import numpy as np
import pytest
from submission import TwoLayerNet


@pytest.fixture
def net():
    rng = np.random.default_rng(3)
    return TwoLayerNet(
        rng.normal(size=(3, 4)),
        rng.normal(size=4),
        rng.normal(size=(4, 1)),
        rng.normal(size=1),
    )


@pytest.fixture
def houses():
    rng = np.random.default_rng(4)
    return rng.normal(size=(6, 3)), rng.normal(size=(6, 1))


def measured_slope(net, name, place, x, y, change=1e-6):
    old = net.params[name][place]
    net.params[name][place] = old + change
    above = net.loss(x, y)
    net.params[name][place] = old - change
    below = net.loss(x, y)
    net.params[name][place] = old
    return (above - below) / (2 * change)


def test_the_forward_pass_by_hand():
    net = TwoLayerNet([[1, -1], [2, 0]], [0, 1], [[3], [5]], [-2])
    # The sums are (5, 0) and (-1, 2); the ReLU turns the second into (0, 2).
    np.testing.assert_allclose(net.forward([[1, 2], [-1, 0]]), [[13], [8]])


def test_the_loss_is_the_sum_of_the_squares():
    net = TwoLayerNet([[2.0]], [0.0], [[3.0]], [1.0])
    assert net.loss([[1.0], [1.0]], [[5.0], [6.0]]) == pytest.approx(5)  # 4 + 1


def test_one_example_by_hand():
    net = TwoLayerNet([[0.5]], [1.0], [[3.0]], [0.0])
    assert net.backward([[2.0]], [[5.0]]) is None
    found = {name: gradient.item() for name, gradient in net.grads.items()}
    assert found == pytest.approx({"w1": 12, "b1": 6, "w2": 4, "b2": 2})


@pytest.mark.parametrize("name", ["w1", "b1", "w2", "b2"])
def test_every_gradient_agrees_with_small_changes(net, houses, name):
    net.backward(*houses)
    assert net.grads[name].shape == net.params[name].shape
    for place in np.ndindex(net.params[name].shape):
        measured = measured_slope(net, name, place, *houses)
        assert net.grads[name][place] == pytest.approx(measured, abs=1e-4), place


def test_a_silent_neuron_gets_no_gradient():
    net = TwoLayerNet([[1.0, 1.0]], [-3.0, -2.0], [[2.0], [2.0]], [1.0])
    net.backward([[2.0]], [[5.0]])  # the inputs of the two ReLUs are -1 and 0
    np.testing.assert_array_equal(net.grads["w1"], [[0, 0]])
    np.testing.assert_array_equal(net.grads["w2"], [[0], [0]])
    assert net.grads["b2"].item() == -8


def test_two_halves_add_up_to_the_whole(net, houses):
    x, y = houses
    net.backward(x, y)
    whole = {name: gradient.copy() for name, gradient in net.grads.items()}
    net.zero_grad()
    net.backward(x[:2], y[:2])
    net.backward(x[2:], y[2:])
    for name, gradient in whole.items():
        np.testing.assert_allclose(
            net.grads[name], gradient, err_msg=f"{name}: backward must add to grads"
        )


def test_backward_leaves_weights_and_data_alone(net, houses):
    x, y = houses
    before = {name: p.copy() for name, p in net.params.items()}
    x_before, y_before = x.copy(), y.copy()
    net.backward(x, y)
    for name, p in before.items():
        np.testing.assert_array_equal(net.params[name], p)
    np.testing.assert_array_equal(x, x_before)
    np.testing.assert_array_equal(y, y_before)
