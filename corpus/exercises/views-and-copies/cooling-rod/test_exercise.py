import numpy as np
import pytest
from submission import cool, hold_ends


def test_the_history_holds_the_start_and_every_step():
    history = cool(np.array([0.0, 0.0, 100.0, 0.0, 0.0]), 2)
    assert history.tolist() == [
        [0, 0, 100, 0, 0],
        [0, 50, 0, 50, 0],
        [0, 0, 50, 0, 0],
    ]


def test_whole_numbers_give_fractions():
    history = cool(np.array([1, 0, 0, 0]), 3)
    # Inner points: 0.5, 0, then 0.5, 0.25, then 0.625, 0.25.
    assert history.tolist() == [
        [1, 0, 0, 0],
        [1, 0.5, 0, 0],
        [1, 0.5, 0.25, 0],
        [1, 0.625, 0.25, 0],
    ]


def test_a_colon_slice_is_no_copy_so_the_rod_must_not_change():
    rod = np.array([8.0, 0.0, 4.0, 0.0])
    cool(rod, 3)
    assert rod.tolist() == [8, 0, 4, 0], "the array of the caller was changed"


@pytest.mark.parametrize("steps", [0, 1])
def test_writing_into_the_history_does_not_change_the_rod(steps):
    rod = np.array([8.0, 0.0, 4.0])
    history = cool(rod, steps)
    assert history.shape == (steps + 1, 3)
    before = rod.copy()
    history[:] = -1
    assert np.array_equal(rod, before)


@pytest.mark.parametrize("points", [[5.0], [5.0, 9.0]])
def test_a_rod_without_inner_points_never_changes(points):
    assert cool(np.array(points), 2).tolist() == [points] * 3


def test_hold_ends_changes_the_array_itself():
    plate = np.zeros((3, 4))
    assert hold_ends(plate[1], 5, 6) is None
    assert plate.tolist() == [[0, 0, 0, 0], [5, 0, 0, 6], [0, 0, 0, 0]]
