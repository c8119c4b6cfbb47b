from collections.abc import Callable

Model = Callable[[str], dict[str, float]]


class Demo:
    """Answers the visitors of a demo with a model that is loaded once."""

    def __init__(
        self, load_model: Callable[[], Model], max_characters: int = 200
    ) -> None:
        raise NotImplementedError

    def answer(self, text: str) -> str:
        """Return what the visitor sees for a text."""
        raise NotImplementedError
