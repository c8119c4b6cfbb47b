import numpy as np
import pytest
from submission import kmeans, lloyd, recolour

POINTS = np.array([[1.0], [3.0], [5.0], [10.0], [12.0]])
CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [10.0, 0.0], [10.0, 1.0]])


def test_lloyd_runs_until_no_label_changes():
    centroids, labels, inertia = lloyd(POINTS, [[1], [3]])
    assert centroids.tolist() == [[3], [11]]
    assert labels.tolist() == [0, 0, 0, 1, 1]
    assert inertia == pytest.approx(10)  # 4 + 0 + 4 + 1 + 1


def test_lloyd_keeps_the_end_of_a_bad_start():
    centroids, labels, inertia = lloyd(CORNERS, [[0, 0], [0, 1]])
    assert centroids.tolist() == [[5, 0], [5, 1]]
    assert labels.tolist() == [0, 1, 0, 1]
    assert inertia == pytest.approx(100)


def test_equal_distances_go_to_the_lower_number():
    _, labels, inertia = lloyd([[0], [2], [4]], [[1], [3]])
    assert labels.tolist() == [0, 0, 1]
    assert inertia == pytest.approx(2)


@pytest.mark.filterwarnings("error")  # the mean of no points is nan
def test_a_centroid_without_points_stays_where_it_is():
    centroids, labels, _ = lloyd([[0.0], [1.0], [10.0]], [[0.0], [9.0], [100.0]])
    assert centroids.tolist() == [[0.5], [10], [100]]
    assert labels.tolist() == [0, 0, 1]


def test_kmeans_keeps_the_best_of_many_starts():
    for seed in range(20):
        inertia = kmeans(CORNERS, 2, starts=20, seed=seed)[2]
        assert inertia == pytest.approx(1), f"seed {seed} ended in a bad start"


def test_kmeans_with_a_cluster_for_each_point_and_with_one_for_all():
    for seed in range(5):
        centroids, labels, inertia = kmeans(POINTS, 5, starts=1, seed=seed)
        assert sorted(centroids.ravel().tolist()) == [1, 3, 5, 10, 12]
        assert (sorted(labels.tolist()), inertia) == ([0, 1, 2, 3, 4], 0)
    centroids, labels, inertia = kmeans(POINTS, 1, starts=1, seed=0)
    assert (centroids.tolist(), labels.tolist()) == ([[6.2]], [0] * 5)
    assert inertia == pytest.approx(5 * np.var(POINTS))


@pytest.mark.parametrize("k", [0, 6])
def test_a_number_of_clusters_that_does_not_fit_is_refused(k):
    with pytest.raises(ValueError):
        kmeans(POINTS, k, starts=1, seed=0)


def test_each_pixel_gets_the_mean_colour_of_its_cluster():
    image = np.array([[[250, 0, 0], [0, 0, 200]], [[254, 4, 0], [0, 8, 200]]])
    few = recolour(image, 2)
    assert few.tolist() == [[[252, 2, 0], [0, 4, 200]]] * 2


def test_the_given_arrays_stay_as_they_are():
    points, start = POINTS.copy(), np.array([[1.0], [3.0]])
    lloyd(points, start)
    assert start.tolist() == [[1], [3]], "the given centroids have moved"
    assert points.tolist() == POINTS.tolist()
