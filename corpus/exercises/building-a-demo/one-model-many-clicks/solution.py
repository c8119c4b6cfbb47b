from collections.abc import Callable

Model = Callable[[str], dict[str, float]]


class Demo:
    """Answers the visitors of a demo with a model that is loaded once."""

    def __init__(
        self, load_model: Callable[[], Model], max_characters: int = 200
    ) -> None:
        self._load_model = load_model
        self._max_characters = max_characters
        self._model: Model | None = None

    def answer(self, text: str) -> str:
        """Return what the visitor sees for a text."""
        text = text.strip()
        if not text:
            return "Please type a sentence."
        if len(text) > self._max_characters:
            return f"Please use at most {self._max_characters} characters."
        try:
            if self._model is None:
                self._model = self._load_model()
            probabilities = self._model(text)
        except Exception:  # a visitor can do nothing about the reason
            return "Something went wrong. Please try another text."
        ranked = sorted(probabilities.items(), key=lambda pair: (-pair[1], pair[0]))
        return ", ".join(f"{label} {share:.0%}" for label, share in ranked)
