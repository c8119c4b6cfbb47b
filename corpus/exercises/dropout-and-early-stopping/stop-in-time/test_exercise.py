import math

import pytest
from submission import EarlyStopping


def stops(losses, **settings):
    """What step returns for each loss."""
    stopper = EarlyStopping(**settings)
    return [stopper.step(loss, [0.0]) for loss in losses]


def test_training_goes_on_while_the_loss_falls():
    assert stops([0.9, 0.8, 0.7], patience=1) == [False] * 3


def test_one_rise_is_not_enough_when_there_is_patience():
    assert stops([0.9, 0.95, 0.8, 0.85], patience=2) == [False] * 4


def test_training_stops_after_patience_epochs_without_improvement():
    assert stops([0.9, 0.7, 0.8, 0.75], patience=2) == [False, False, False, True]
    assert stops([0.9, 1.0], patience=1) == [False, True]


def test_the_count_starts_again_at_an_improvement():
    assert stops([0.9, 1.0, 1.0, 0.8, 1.0, 1.0, 1.0], patience=3)[-2:] == [False, True]


def test_an_equal_loss_is_no_improvement():
    assert stops([0.5, 0.5], patience=1) == [False, True]


def test_a_gain_of_min_change_or_less_is_no_improvement():
    assert stops([1.0, 0.75, 0.5], patience=2, min_change=0.25) == [False, False, False]
    assert stops([1.0, 0.75], patience=1, min_change=0.25) == [False, True]
    assert stops([1.0, 0.7], patience=1, min_change=0.25) == [False, False]


def test_nan_is_no_improvement():
    assert stops([math.nan, math.nan], patience=2) == [False, True]
    stopper = EarlyStopping(patience=5)
    for loss in (math.nan, 0.6, math.nan):
        stopper.step(loss, [loss])
    assert stopper.best_loss == 0.6


def test_the_best_weights_are_kept_and_do_not_change_later():
    stopper = EarlyStopping(patience=9)
    assert (stopper.best_loss, stopper.best_weights) == (None, None)
    weights = [1.0, 2.0]
    stopper.step(0.5, weights)
    weights[0] = 99.0
    stopper.step(0.8, weights)
    assert stopper.best_loss == 0.5
    assert stopper.best_weights == [1.0, 2.0]


@pytest.mark.parametrize("patience", [0, -1])
def test_a_patience_below_one_is_refused(patience):
    with pytest.raises(ValueError):
        EarlyStopping(patience)
