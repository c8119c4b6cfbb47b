from collections.abc import Mapping, Sequence


def per_class(y_true: Sequence[str], y_pred: Sequence[str]) -> dict[str, dict]:
    """Return precision, recall, f1 and support of each class, in sorted order."""
    raise NotImplementedError


def macro_f1(y_true: Sequence[str], y_pred: Sequence[str]) -> float:
    """Return the mean F1 score of the classes."""
    raise NotImplementedError


def best_model(y_true: Sequence[str], predictions: Mapping[str, Sequence[str]]) -> str:
    """Return the name of the model with the highest macro F1."""
    raise NotImplementedError
