from collections.abc import Mapping

from numpy.typing import ArrayLike


def compare(
    y_train: ArrayLike, y_test: ArrayLike, predictions: Mapping[str, ArrayLike]
) -> list[dict]:
    """Return name, mae, rmse, r2 and beats_baseline of each model, best MAE first."""
    raise NotImplementedError
