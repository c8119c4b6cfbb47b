from collections.abc import Sequence

import numpy as np
from sklearn.datasets import load_digits
from sklearn.neural_network import MLPClassifier

TRAINING_ROWS, TEST_ROWS = 300, 500
Summary = dict[str, dict[str, float]]


def one_run(seed: int, shuffle_labels: bool) -> tuple[float, float]:
    """Train one network and return its training and its test accuracy."""
    pixels, digits = load_digits(return_X_y=True)
    pixels = pixels / 16
    rng = np.random.default_rng(seed)
    rows = rng.permutation(len(digits))
    train = rows[:TRAINING_ROWS]
    test = rows[TRAINING_ROWS : TRAINING_ROWS + TEST_ROWS]
    labels = rng.permutation(digits[train]) if shuffle_labels else digits[train]

    network = MLPClassifier(
        (64,), solver="lbfgs", alpha=0, max_iter=500, random_state=seed
    )
    network.fit(pixels[train], labels)
    train_accuracy = network.score(pixels[train], labels)
    return train_accuracy, network.score(pixels[test], digits[test])


def summarise(seeds: Sequence[int]) -> Summary:
    """Return mean_train, mean_test and std_test for true and shuffled labels."""
    if len(seeds) < 3:
        raise ValueError("a claim needs at least 3 seeds, because one run can be luck")
    summary = {}
    for name, shuffle_labels in (("true", False), ("shuffled", True)):
        runs = np.array([one_run(seed, shuffle_labels) for seed in seeds])
        mean_train, mean_test = runs.mean(axis=0)
        summary[name] = {
            "mean_train": float(mean_train),
            "mean_test": float(mean_test),
            "std_test": float(runs[:, 1].std(ddof=1)),
        }
    return summary


def claim_holds(summary: Summary) -> bool:
    """Say whether the network memorises shuffled labels and learns true ones."""
    memorises = summary["shuffled"]["mean_train"] >= 0.99
    learns_nothing = summary["shuffled"]["mean_test"] <= 0.2
    return memorises and learns_nothing and summary["true"]["mean_test"] >= 0.85
