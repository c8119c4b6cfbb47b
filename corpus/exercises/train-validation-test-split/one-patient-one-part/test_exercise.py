import numpy as np
import pytest
from submission import split_by_patient

# 20 patients with 1 to 4 photos each, in mixed order.
PATIENTS = np.random.default_rng(5).permutation(
    np.repeat(np.arange(20), [1, 2, 3, 4] * 5)
)


def test_every_row_is_in_exactly_one_part():
    parts = split_by_patient(PATIENTS, 0.2, 0.2, seed=0)
    assert len(parts) == 3
    assert sorted(np.concatenate(parts).tolist()) == list(range(len(PATIENTS)))


@pytest.mark.parametrize("seed", range(5))
def test_no_patient_is_in_two_parts(seed):
    train, val, test = (
        set(PATIENTS[p]) for p in split_by_patient(PATIENTS, 0.2, 0.2, seed)
    )
    assert not train & test, f"in training and test: {train & test}"
    assert not train & val
    assert not val & test


@pytest.mark.parametrize(
    ("val_share", "test_share", "sizes"),
    [(0.2, 0.3, (5, 2, 3)), (0.1, 0.1, (8, 1, 1)), (0.24, 0.36, (4, 2, 4))],
)
def test_the_parts_have_the_right_number_of_patients(val_share, test_share, sizes):
    parts = split_by_patient(np.arange(10), val_share, test_share, seed=1)
    assert tuple(len(part) for part in parts) == sizes


def test_the_shares_count_patients_and_not_rows():
    patients = ["a"] * 50 + ["b", "c", "d"]
    for seed in range(5):
        parts = split_by_patient(patients, 0.25, 0.25, seed)
        counts = [len({patients[row] for row in part}) for part in parts]
        assert counts == [2, 1, 1]


def test_the_row_numbers_are_integers_in_ascending_order():
    for part in split_by_patient(PATIENTS, 0.2, 0.2, seed=3):
        assert np.issubdtype(part.dtype, np.integer)
        assert (np.diff(part) > 0).all()


def test_the_seed_decides_the_split():
    tests = [tuple(split_by_patient(np.arange(30), 0.2, 0.2, s)[2]) for s in range(8)]
    again = [tuple(split_by_patient(np.arange(30), 0.2, 0.2, s)[2]) for s in range(8)]
    assert tests == again
    assert len(set(tests)) > 1, "every seed gives the same test patients"


@pytest.mark.parametrize(
    ("val_share", "test_share"),
    [(0.0, 0.2), (0.2, 0.0), (0.5, 0.5), (0.04, 0.5), (0.7, 0.7)],
)
def test_an_empty_part_is_refused(val_share, test_share):
    with pytest.raises(ValueError):
        split_by_patient(np.arange(10), val_share, test_share, seed=0)
