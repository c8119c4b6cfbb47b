from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike


def compare(
    y_train: ArrayLike, y_test: ArrayLike, predictions: Mapping[str, ArrayLike]
) -> list[dict]:
    """Return name, mae, rmse, r2 and beats_baseline of each model, best MAE first."""
    y_test = np.asarray(y_test, dtype=float)
    constant = np.full(len(y_test), np.mean(y_train))
    rows = [
        {"name": name, **_scores(y_test, predicted)}
        for name, predicted in [*predictions.items(), ("baseline", constant)]
    ]
    baseline_mae = rows[-1]["mae"]
    for row in rows:
        row["beats_baseline"] = row["mae"] < baseline_mae
    return sorted(rows, key=lambda row: row["mae"])


def _scores(y_true: np.ndarray, predicted: ArrayLike) -> dict[str, float]:
    predicted = np.asarray(predicted, dtype=float).ravel()
    if len(predicted) != len(y_true):
        raise ValueError(f"{len(predicted)} predictions for {len(y_true)} targets")
    errors = predicted - y_true
    spread = np.sum((y_true - y_true.mean()) ** 2)
    # Rounding can leave a tiny spread, so compare the targets themselves.
    is_constant = (y_true == y_true[0]).all()
    return {
        "mae": float(np.mean(np.abs(errors))),
        "rmse": float(np.sqrt(np.mean(errors**2))),
        "r2": float("nan") if is_constant else float(1 - np.sum(errors**2) / spread),
    }
