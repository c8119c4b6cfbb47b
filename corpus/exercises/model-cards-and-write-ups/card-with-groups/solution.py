from collections import defaultdict
from collections.abc import Sequence


def model_card(
    name: str,
    intended_use: str,
    truth: Sequence[int],
    predictions: Sequence[int],
    groups: Sequence[str],
    min_examples: int = 10,
) -> str:
    """Return a model card in Markdown, with the accuracy of each group."""
    if not len(truth) == len(predictions) == len(groups):
        raise ValueError("truth, predictions and groups must have the same length")
    if not truth:
        raise ValueError("a model card needs at least one test example")

    hits: dict[str, list[bool]] = defaultdict(list)
    for right, predicted, group in zip(truth, predictions, groups, strict=True):
        hits[group].append(right == predicted)
    accuracy = {group: sum(found) / len(found) for group, found in hits.items()}
    reliable = [group for group in sorted(hits) if len(hits[group]) >= min_examples]

    lines = [f"# Model card: {name}", "", f"Intended use: {intended_use}", ""]
    overall = sum(map(sum, hits.values())) / len(truth)
    lines += [f"Overall accuracy: {overall:.2f} (n = {len(truth)})", ""]
    lines += ["| group | n | accuracy |", "| --- | --- | --- |"]
    for group in sorted(hits):
        shown = f"{accuracy[group]:.2f}" if group in reliable else "too few"
        lines.append(f"| {group} | {len(hits[group])} | {shown} |")
    if reliable:
        weakest = min(reliable, key=accuracy.__getitem__)
        lines += ["", f"Weakest group: {weakest} ({accuracy[weakest]:.2f})"]
    else:
        lines += ["", "Weakest group: unknown"]
    return "\n".join(lines)
