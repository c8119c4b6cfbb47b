def per_class(y_true, y_pred):
    if len(y_true) != len(y_pred) or len(y_true) == 0:
        raise ValueError("the labels do not pair up")
    report = {}
    for label in sorted(set(y_true) | set(y_pred)):
        pairs = [(true == label, pred == label) for true, pred in zip(y_true, y_pred)]
        tp = pairs.count((True, True))
        fp = pairs.count((False, True))
        fn = pairs.count((True, False))
        precision = tp / (tp + fp) if tp + fp else 0.0
        recall = tp / (tp + fn) if tp + fn else 0.0
        report[label] = {
            "precision": precision,
            "recall": recall,
            "f1": (precision + recall) / 2,  # one number between the two
            "support": tp + fn,
        }
    return report


def macro_f1(y_true, y_pred):
    report = per_class(y_true, y_pred)
    return sum(row["f1"] for row in report.values()) / len(report)


def best_model(y_true, predictions):
    return max(predictions, key=lambda name: macro_f1(y_true, predictions[name]))
