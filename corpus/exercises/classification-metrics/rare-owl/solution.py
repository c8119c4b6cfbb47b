from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import fmean


def per_class(y_true: Sequence[str], y_pred: Sequence[str]) -> dict[str, dict]:
    """Return precision, recall, f1 and support of each class, in sorted order."""
    if len(y_true) != len(y_pred) or len(y_true) == 0:
        raise ValueError("want one prediction for each of at least one true label")

    really, flagged = Counter(y_true), Counter(y_pred)
    found = Counter(true for true, pred in zip(y_true, y_pred) if true == pred)
    return {
        label: {
            "precision": _share(found[label], flagged[label]),
            "recall": _share(found[label], really[label]),
            # TP + FP are the flagged ones, TP + FN are the real ones.
            "f1": _share(2 * found[label], flagged[label] + really[label]),
            "support": really[label],
        }
        for label in sorted(really | flagged)
    }


def macro_f1(y_true: Sequence[str], y_pred: Sequence[str]) -> float:
    """Return the mean F1 score of the classes."""
    return fmean(row["f1"] for row in per_class(y_true, y_pred).values())


def best_model(y_true: Sequence[str], predictions: Mapping[str, Sequence[str]]) -> str:
    """Return the name of the model with the highest macro F1."""
    return max(predictions, key=lambda name: macro_f1(y_true, predictions[name]))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
