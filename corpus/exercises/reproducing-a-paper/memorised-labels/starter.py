from collections.abc import Sequence

Summary = dict[str, dict[str, float]]


def one_run(seed: int, shuffle_labels: bool) -> tuple[float, float]:
    """Train one network and return its training and its test accuracy."""
    raise NotImplementedError


def summarise(seeds: Sequence[int]) -> Summary:
    """Return mean_train, mean_test and std_test for true and shuffled labels."""
    raise NotImplementedError


def claim_holds(summary: Summary) -> bool:
    """Say whether the network memorises shuffled labels and learns true ones."""
    raise NotImplementedError
