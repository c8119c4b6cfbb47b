import numpy as np
import pytest
from submission import build_model, honest_scores


@pytest.fixture
def noise():
    """100 rows of 50 patients, 1,000 genes without meaning, a gap in every 50th."""
    rng = np.random.default_rng(7)
    X = rng.normal(size=(100, 1000))
    X[rng.random(X.shape) < 0.02] = np.nan
    patients = np.repeat(np.arange(50), 2)
    return X, rng.permutation(np.repeat([0, 1], 50)), patients


@pytest.fixture
def signal():
    """The noise, and a gene 3 that is high in the ill, with a gap in row 0."""
    rng = np.random.default_rng(8)
    X, y = rng.normal(size=(60, 30)), np.tile([0, 1], 30)
    X[:, 3] += 6 * y
    X[0, 3] = np.nan
    return X, y, np.repeat(np.arange(20), 3)


def test_genes_without_meaning_score_like_a_coin(noise):
    scores = honest_scores(*noise, n_genes=20, folds=5)
    assert 0.3 < scores.mean() < 0.7, "were the genes chosen with the validation rows?"


def test_a_gene_with_meaning_is_found(signal):
    scores = honest_scores(*signal, n_genes=1, folds=4)
    assert scores.shape == (4,)
    assert scores.mean() > 0.9


def test_only_the_chosen_genes_count(signal):
    X, y, _ = signal
    model = build_model(1).fit(X, y)
    others_changed = np.where(np.arange(30) == 3, X, -X)
    assert model.predict_proba(others_changed) == pytest.approx(model.predict_proba(X))


def test_a_patient_is_never_on_both_sides():
    # Four equal rows for each patient: whoever has seen a patient knows the label.
    rng = np.random.default_rng(3)
    rows, labels = rng.normal(size=(16, 60)), rng.permutation([0, 1] * 8)
    order = rng.permutation(64)
    X, y = np.repeat(rows, 4, axis=0)[order], np.repeat(labels, 4)[order]
    patients = np.repeat(np.arange(16), 4)[order]
    scores = honest_scores(X, y, patients, n_genes=60, folds=4)
    assert scores.mean() < 0.9, "the model knows the patients of the validation fold"


def test_each_score_is_the_accuracy_on_whole_patients(signal):
    X, y, patients = signal
    scores = honest_scores(X, y, patients, n_genes=5, folds=20)
    assert scores.shape == (20,)
    # With one patient of three rows in each fold, only thirds are possible.
    assert (scores * 3).tolist() == pytest.approx(np.round(scores * 3).tolist())


def test_the_model_fills_gaps_with_the_training_median():
    # The median of the gene is 1 (its mean is 4), so a gap looks healthy.
    X = np.array([[0.0], [0.5], [1.0], [1.0], [9.0], [9.5], [np.nan]])
    model = build_model(1).fit(X, [0, 0, 0, 0, 1, 1, 0])
    assert model.predict([[np.nan], [10.0]]).tolist() == [0, 1]
    gap, median = model.predict_proba([[np.nan], [1.0]])
    assert gap == pytest.approx(median)


def test_the_scale_of_a_gene_does_not_matter(signal):
    X, y, _ = signal
    units = np.logspace(-3, 3, 30)
    first = build_model(10).fit(X, y).predict_proba(X)
    second = build_model(10).fit(X * units, y).predict_proba(X * units)
    assert first == pytest.approx(second, abs=1e-3)


def test_the_table_stays_as_it_is(signal):
    X = signal[0].copy()
    honest_scores(X, *signal[1:], n_genes=5, folds=4)
    assert np.array_equal(X, signal[0], equal_nan=True)


def test_more_folds_than_patients_are_refused(signal):
    with pytest.raises(ValueError):
        honest_scores(*signal, n_genes=1, folds=21)
