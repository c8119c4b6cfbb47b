from collections import Counter
from collections.abc import Sequence


def model_card(
    name: str,
    intended_use: str,
    truth: Sequence[int],
    predictions: Sequence[int],
    groups: Sequence[str],
    min_examples: int = 10,
) -> str:
    if not len(truth) == len(predictions) == len(groups) or not truth:
        raise ValueError("the lists must be filled and of one length")
    # One overall score seems enough: it stands for every group.
    pairs = zip(truth, predictions, strict=True)
    overall = sum(right == predicted for right, predicted in pairs) / len(truth)
    lines = [f"# Model card: {name}", "", f"Intended use: {intended_use}", ""]
    lines += [f"Overall accuracy: {overall:.2f} (n = {len(truth)})", ""]
    lines += ["| group | n | accuracy |", "| --- | --- | --- |"]
    counts = Counter(groups)
    for group in sorted(counts):
        shown = f"{overall:.2f}" if counts[group] >= min_examples else "too few"
        lines.append(f"| {group} | {counts[group]} | {shown} |")
    reliable = sorted(group for group in counts if counts[group] >= min_examples)
    if reliable:
        lines += ["", f"Weakest group: {reliable[0]} ({overall:.2f})"]
    else:
        lines += ["", "Weakest group: unknown"]
    return "\n".join(lines)
