import numpy as np


def compare(y_train, y_test, predictions):
    y_test = np.asarray(y_test, dtype=float)
    constant = np.full(len(y_test), np.mean(y_train))
    rows = [
        {"name": name, **scores(y_test, predicted)}
        for name, predicted in [*predictions.items(), ("baseline", constant)]
    ]
    baseline_mae = rows[-1]["mae"]
    for row in rows:
        row["beats_baseline"] = row["mae"] < baseline_mae
    return sorted(rows, key=lambda row: row["mae"])


def scores(y_true, predicted):
    predicted = np.asarray(predicted, dtype=float).ravel()
    if len(predicted) != len(y_true):
        raise ValueError("one prediction for each target, please")
    errors = predicted - y_true
    spread = np.sum((y_true - y_true.mean()) ** 2)
    is_constant = (y_true == y_true[0]).all()
    r2 = float("nan") if is_constant else 1 - np.sum(errors**2) / spread
    if r2 < 0:  # A square cannot be negative, so this must be rounding.
        r2 = 0.0
    return {
        "mae": float(np.mean(np.abs(errors))),
        "rmse": float(np.sqrt(np.mean(errors**2))),
        "r2": float(r2),
    }
