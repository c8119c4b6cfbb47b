import pytest
from submission import Demo

SORRY = "Something went wrong. Please try another text."


class Loader:
    """Counts how often the model is loaded, and keeps the texts that it saw."""

    def __init__(self, failures=0):
        self.loads = 0
        self.texts = []
        self.failures = failures

    def __call__(self):
        self.loads += 1
        if self.loads <= self.failures:
            raise OSError("no such file: model.pt")
        return self.predict

    def predict(self, text):
        self.texts.append(text)
        if text == "boom":
            raise RuntimeError("shapes do not fit")
        return {"sad": 0.1, "happy": 0.9}


@pytest.fixture
def loader():
    return Loader()


def test_the_answer_ranks_the_labels(loader):
    assert Demo(loader).answer("What a day") == "happy 90%, sad 10%"


def test_equal_labels_are_ordered_by_name():
    demo = Demo(lambda: lambda text: {"c": 0.25, "b": 0.25, "a": 0.5})
    assert demo.answer("x") == "a 50%, b 25%, c 25%"


def test_the_model_is_loaded_once_for_many_clicks(loader):
    demo = Demo(loader)
    for text in ("one", "two", "boom", "three"):
        demo.answer(text)
    assert loader.loads == 1


def test_nothing_is_loaded_before_the_first_good_text(loader):
    demo = Demo(loader, max_characters=5)
    assert demo.answer("  \n") == "Please type a sentence."
    assert demo.answer("too long") == "Please use at most 5 characters."
    assert loader.loads == 0


def test_the_limit_is_200_unless_another_is_given(loader):
    demo = Demo(loader)
    assert demo.answer("x" * 201) == "Please use at most 200 characters."
    assert demo.answer("x" * 200) == "happy 90%, sad 10%"


def test_the_text_is_stripped_before_it_is_counted_and_used(loader):
    demo = Demo(loader, max_characters=5)
    assert demo.answer("  hello  ") == "happy 90%, sad 10%"
    assert loader.texts == ["hello"]


def test_a_model_that_fails_gives_a_message_and_the_next_click_works(loader):
    demo = Demo(loader)
    assert demo.answer("boom") == SORRY
    assert demo.answer("fine") == "happy 90%, sad 10%"


def test_loading_that_fails_is_tried_again():
    demo = Demo(Loader(failures=1))
    assert demo.answer("first") == SORRY
    assert demo.answer("second") == "happy 90%, sad 10%"
