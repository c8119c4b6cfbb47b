import numpy as np
import pandas as pd
import pytest
from sklearn.datasets import load_breast_cancer
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split
from submission import run_competition


@pytest.fixture(scope="module")
def tables():
    table = load_breast_cancer(as_frame=True).frame.rename(
        columns={"target": "diagnosis"}
    )
    rng = np.random.default_rng(7)
    numbers = table.columns.drop("diagnosis")
    table[numbers] = table[numbers].mask(rng.random((len(table), len(numbers))) < 0.05)
    table["clinic"] = rng.choice(["north", "south", "harbour"], len(table))
    train, test = train_test_split(table, test_size=0.3, random_state=1)
    # The ids of the training rows give the answer away; those of the test rows do not.
    train = train.sort_values("diagnosis").assign(id=range(len(train)))
    test = test.assign(id=rng.permutation(len(test)))
    test.loc[test.index[0], "clinic"] = "hill"
    return train, test.drop(columns="diagnosis"), test["diagnosis"].to_numpy()


@pytest.fixture(scope="module")
def result(tables):
    train, test, _ = tables
    return run_competition(train.copy(), test.copy())


def test_the_submission_has_the_asked_form(tables, result):
    _, test, _ = tables
    submission = result[1]
    assert list(submission.columns) == ["id", "diagnosis"]
    assert list(submission["id"]) == list(test["id"])
    assert submission["diagnosis"].between(0, 1).all()


def test_diagnosis_is_a_probability_and_not_a_class(result):
    assert result[1]["diagnosis"].nunique() > 20


def test_the_model_is_good_on_new_rows(tables, result):
    answers = tables[2]
    assert roc_auc_score(answers, result[1]["diagnosis"]) >= 0.97


def test_the_score_is_honest(tables, result):
    score, submission = result
    on_new_rows = roc_auc_score(tables[2], submission["diagnosis"])
    assert isinstance(score, float)
    assert 0.9 < score < 0.9999, "does the model see the id or the target?"
    assert score == pytest.approx(on_new_rows, abs=0.03)


def test_the_score_comes_from_rows_that_the_model_has_not_seen(tables):
    train, test, _ = tables
    noise = train.sample(150, random_state=3)
    noise["diagnosis"] = np.random.default_rng(5).permutation(noise["diagnosis"])
    score, _ = run_competition(noise, test.iloc[:5].copy())
    assert 0.3 < score < 0.66, "labels that mean nothing must score about 0.5"


def test_other_test_rows_do_not_change_a_prediction(tables, result):
    train, test, _ = tables
    few = test.iloc[:5]
    _, alone = run_competition(train.copy(), few.copy())
    expected = result[1]["diagnosis"].iloc[:5]
    assert np.allclose(alone["diagnosis"], expected, atol=1e-8), (
        "the preparation learned something from the test rows"
    )


def test_the_given_tables_stay_as_they_were(tables):
    train, test = tables[0].copy(), tables[1].iloc[:20].copy()
    before = train.copy(), test.copy()
    run_competition(train, test)
    pd.testing.assert_frame_equal(train, before[0])
    pd.testing.assert_frame_equal(test, before[1])
