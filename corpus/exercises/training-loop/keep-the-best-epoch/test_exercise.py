import pytest
import torch
from submission import fit
from torch import nn


class Slope(nn.Module):
    """Predicts weight * x and notes how it is called."""

    def __init__(self, start=0.0):
        super().__init__()
        self.weight = nn.Parameter(torch.tensor(start))
        self.calls = []

    def forward(self, x):
        self.calls.append((self.training, torch.is_grad_enabled()))
        return self.weight * x


class PlainSGD:
    """Works like torch.optim.SGD, whose first step takes seconds to load."""

    def __init__(self, model, learning_rate):
        self.parameters = list(model.parameters())
        self.learning_rate = learning_rate

    def zero_grad(self, set_to_none=True):
        for parameter in self.parameters:
            parameter.grad = None

    @torch.no_grad()
    def step(self):
        for parameter in self.parameters:
            parameter -= self.learning_rate * parameter.grad


def mean_absolute_error(predicted, y):
    return (predicted - y).abs().mean()


def batch(*pairs):
    x, y = torch.tensor(pairs, dtype=torch.float32).T
    return x, y


def run(model, train, valid, epochs, learning_rate=0.1):
    optimizer = PlainSGD(model, learning_rate)
    return fit(model, nn.MSELoss(), optimizer, train, valid, epochs)


def test_one_step_by_hand():
    model = Slope()
    losses = run(model, [batch((1, 1))], [batch((1, 1))], epochs=1)
    assert model.weight.item() == pytest.approx(0.2)  # 0 - 0.1 * 2 * (0 - 1)
    assert losses == [pytest.approx(0.64)]


def test_each_step_uses_the_gradient_of_its_own_batch():
    # w = 0.2, then w = 0.2 - 0.1 * 2 * (0.2 - 1) = 0.36
    two_batches = Slope()
    run(two_batches, [batch((1, 1)), batch((1, 1))], [batch((1, 1))], epochs=1)
    assert two_batches.weight.item() == pytest.approx(0.36), "old gradients were added"


def test_gradients_from_before_do_not_count():
    model = Slope()
    model.weight.grad = torch.tensor(100.0)
    run(model, [batch((1, 1))], [batch((1, 1))], epochs=1)
    assert model.weight.item() == pytest.approx(0.2)


def test_validation_switches_mode_and_graph_and_training_switches_back():
    model = Slope()
    data = [batch((1, 1))]
    losses = run(model, data, data, epochs=2)
    assert len(losses) == 2
    training, validation = (True, True), (False, False)  # (training mode, gradients)
    assert model.calls == [training, validation] * 2
    assert not model.training, "the model is left in evaluation mode"
    assert all(isinstance(loss, float) for loss in losses)


def test_each_validation_example_counts_the_same():
    uneven = [batch((1, 0), (1, 0), (1, 0)), batch((1, 4))]
    losses = run(Slope(2.0), [batch((0, 0))], uneven, epochs=1)
    assert losses == [pytest.approx(4.0)]  # each example is off by 2
    uneven = [batch((1, 2), (1, 2), (1, 2)), batch((1, 4))]
    losses = run(Slope(2.0), [batch((0, 0))], uneven, epochs=1)
    assert losses == [pytest.approx(1.0)]  # (0 + 0 + 0 + 4) / 4


def test_the_best_weights_come_back():
    # Every epoch adds 1 to the weight; the validation example wants a weight of 2.
    model = Slope()
    optimizer = PlainSGD(model, 1.0)
    train, valid = [batch((1, 100))], [batch((1, 2))]
    losses = fit(model, mean_absolute_error, optimizer, train, valid, 5)
    assert losses == [1, 0, 1, 2, 3]
    assert model.weight.item() == 2, "want the weights of the best epoch"


def test_the_earliest_of_equal_epochs_wins():
    model = Slope()
    optimizer = PlainSGD(model, 1.0)
    fit(model, mean_absolute_error, optimizer, [batch((1, 100))], [batch((1, 1.5))], 2)
    assert model.weight.item() == 1


def test_no_epochs_change_nothing():
    model = Slope(0.5)
    assert run(model, [batch((1, 1))], [batch((1, 1))], epochs=0) == []
    assert model.weight.item() == 0.5
