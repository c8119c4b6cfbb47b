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
    raise NotImplementedError
