from collections import Counter

import pytest
from submission import ablate

GAINS = {"crop": 0.02, "dropout": 0.10, "noise": -0.01}
LUCK = {0: 0.00, 1: 0.04, 2: 0.02}  # the luck of a seed is the same for every row


@pytest.fixture
def runs():
    return []


@pytest.fixture
def evaluate(runs):
    def score(settings, seed):
        runs.append((tuple(sorted(settings.items())), seed))
        gain = sum(GAINS[part] for part, is_on in settings.items() if is_on)
        return 0.6 + gain + LUCK[seed]

    return score


@pytest.fixture
def table(evaluate):
    return ablate(["crop", "dropout", "noise"], evaluate, [0, 1, 2])


def test_the_first_row_is_the_full_method(table):
    assert table[0]["removed"] is None
    assert table[0]["mean"] == pytest.approx(0.73)  # 0.6 + 0.11 + 0.02
    assert table[0]["change"] == 0.0


def test_each_row_removes_one_part_only(table, runs):
    for settings, _ in runs:
        assert sum(not is_on for _, is_on in settings) <= 1, settings
    assert [row["removed"] for row in table[1:]] == ["dropout", "crop", "noise"]


def test_the_change_has_the_sign_of_the_loss(table):
    changes = {row["removed"]: row["change"] for row in table[1:]}
    assert changes == {
        "dropout": pytest.approx(-0.10),
        "crop": pytest.approx(-0.02),
        "noise": pytest.approx(0.01),
    }


def test_the_spread_is_the_sample_standard_deviation(table):
    # The scores of a row are m - 0.02, m + 0.02 and m.
    assert [row["std"] for row in table] == [pytest.approx(0.02)] * 4


def test_every_run_happens_once(table, runs):
    assert len(table) == 4
    assert len(runs) == 12
    assert set(Counter(runs).values()) == {1}


def test_equal_changes_keep_the_order_of_the_parts():
    rows = ablate(["b", "a", "c"], lambda settings, seed: float(seed), [1, 2])
    assert [row["removed"] for row in rows[1:]] == ["b", "a", "c"]


def test_a_change_is_measured_seed_by_seed():
    scores = {True: {0: 0.50, 5: 0.90}, False: {0: 0.45, 5: 0.85}}
    rows = ablate(["x"], lambda settings, seed: scores[settings["x"]][seed], [0, 5])
    assert rows[1]["change"] == pytest.approx(-0.05)
    assert rows[1]["std"] == pytest.approx(0.4 / 2**0.5)


@pytest.mark.parametrize(
    ("parts", "seeds"), [(["a"], []), (["a"], [0]), ([], [0, 1]), (["a", "a"], [0, 1])]
)
def test_a_study_that_cannot_be_fair_is_refused(parts, seeds):
    with pytest.raises(ValueError):
        ablate(parts, lambda settings, seed: 0.0, seeds)
