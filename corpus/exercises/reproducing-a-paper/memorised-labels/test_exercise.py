import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.neural_network import MLPClassifier
from submission import claim_holds, one_run, summarise

SEEDS = (0, 1, 2)


@pytest.fixture(scope="module")
def runs():
    return {
        name: np.array([one_run(seed, shuffled) for seed in SEEDS])
        for name, shuffled in (("true", False), ("shuffled", True))
    }


@pytest.fixture(scope="module")
def summary():
    return summarise(list(SEEDS))


def test_true_labels_are_learned(runs):
    assert (runs["true"][:, 0] >= 0.99).all()
    assert (runs["true"][:, 1] >= 0.85).all()


def test_shuffled_labels_are_memorised_and_useless(runs):
    assert (runs["shuffled"][:, 0] >= 0.99).all()
    assert (runs["shuffled"][:, 1] <= 0.2).all(), "are the test labels still true?"


@pytest.mark.parametrize("shuffled", [False, True])
def test_the_network_sees_the_asked_rows(shuffled, monkeypatch):
    seen = {"fit": [], "predict": []}
    fit, predict = MLPClassifier.fit, MLPClassifier.predict

    def spy_fit(self, X, y):
        seen["fit"].append((np.asarray(X), np.asarray(y)))
        return fit(self, X, y)

    def spy_predict(self, X):
        seen["predict"].append(np.asarray(X))
        return predict(self, X)

    monkeypatch.setattr(MLPClassifier, "fit", spy_fit)
    monkeypatch.setattr(MLPClassifier, "predict", spy_predict)
    one_run(4, shuffled)

    pixels, digits = load_digits(return_X_y=True)
    rng = np.random.default_rng(4)
    rows = rng.permutation(1797)
    labels = digits[rows[:300]]
    [(inputs, targets)] = seen["fit"]
    assert np.allclose(inputs, pixels[rows[:300]] / 16)
    assert np.array_equal(targets, rng.permutation(labels) if shuffled else labels)
    tested = pixels[rows[300:800]] / 16
    assert any(
        found.shape == tested.shape and np.allclose(found, tested)
        for found in seen["predict"]
    ), "the test rows are the 500 rows after the first 300"


def test_the_seed_decides_everything(runs):
    assert one_run(1, True) == pytest.approx(tuple(runs["shuffled"][1]))
    assert len({tuple(run) for run in runs["true"]}) > 1, "the seeds give equal runs"


def test_the_summary_is_over_every_seed_and_not_the_best(runs, summary):
    for name, found in runs.items():
        assert summary[name]["mean_train"] == pytest.approx(sum(found[:, 0]) / 3)
        assert summary[name]["mean_test"] == pytest.approx(sum(found[:, 1]) / 3)


def test_the_spread_is_the_sample_standard_deviation(runs, summary):
    for name, found in runs.items():
        squares = (found[:, 1] - found[:, 1].mean()) ** 2
        assert summary[name]["std_test"] == pytest.approx((squares.sum() / 2) ** 0.5)


@pytest.mark.parametrize("seeds", [[], [0], [0, 1]])
def test_too_few_seeds_are_refused(seeds):
    with pytest.raises(ValueError):
        summarise(seeds)


def made_up(true_test, shuffled_train, shuffled_test):
    return {
        "true": {"mean_train": 1.0, "mean_test": true_test, "std_test": 0.01},
        "shuffled": {
            "mean_train": shuffled_train,
            "mean_test": shuffled_test,
            "std_test": 0.01,
        },
    }


def test_the_claim_needs_all_three_parts(summary):
    assert claim_holds(summary)
    assert claim_holds(made_up(0.85, 0.99, 0.2))
    assert not claim_holds(made_up(0.84, 1.0, 0.1))
    assert not claim_holds(made_up(0.95, 0.9, 0.1))
    assert not claim_holds(made_up(0.95, 1.0, 0.3))
