from collections.abc import Callable

Model = Callable[[str], dict[str, float]]


class Demo:
    def __init__(
        self, load_model: Callable[[], Model], max_characters: int = 200
    ) -> None:
        self.load_model = load_model
        self.max_characters = max_characters

    def answer(self, text: str) -> str:
        text = text.strip()
        if not text:
            return "Please type a sentence."
        if len(text) > self.max_characters:
            return f"Please use at most {self.max_characters} characters."
        try:
            # The prediction needs the model, so this seems the place to load it.
            model = self.load_model()
            probabilities = model(text)
        except Exception:
            return "Something went wrong. Please try another text."
        ranked = sorted(probabilities.items(), key=lambda pair: (-pair[1], pair[0]))
        return ", ".join(f"{label} {share:.0%}" for label, share in ranked)
