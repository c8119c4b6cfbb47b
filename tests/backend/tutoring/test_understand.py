"""What a question leaves unsaid comes from the turn before, and from nowhere else."""

import pytest

from backend.tutoring.answer import Intent
from backend.tutoring.understand import PastTurn, intent_of, parts_of, standalone_question
from corpus.reader import read_concept_graph

GRAPH = read_concept_graph()
PAST = PastTurn("What is gradient descent?", "What is gradient descent?", "gradient descent")


def names_concept(words: str) -> bool:
    return bool(GRAPH.named_in(words))


@pytest.mark.parametrize(
    "question",
    [
        "give me an example",
        "and how does it go wrong?",
        "Why?",
        "what about its cost?",
        "Can you explain that again?",
        "how is this done in numpy?",
        "in code",
        "tell me more",
        "When should I use it?",
        "now I also need one that starts again from another point",
    ],
)
def test_a_follow_up_is_asked_together_with_the_question_before(question: str) -> None:
    assert standalone_question(question, PAST, names_concept) == f"What is gradient descent: {question}"


def test_a_row_of_follow_ups_remembers_its_end() -> None:
    past = PastTurn("why?", f"What is gradient descent: {'why? ' * 100}", "gradient descent")
    standalone = standalone_question("and then?", past, names_concept)
    assert standalone.endswith("why: and then?")
    assert len(standalone) < 320


@pytest.mark.parametrize(
    "question",
    [
        "What is overfitting?",
        "How do I merge two dictionaries in Python?",
        "How do I start my first Kaggle competition?",
        "Is it worth learning linear algebra?",
    ],
)
def test_a_question_that_stands_alone_is_left_as_it_is(question: str) -> None:
    assert standalone_question(question, PAST, names_concept) == question


@pytest.mark.parametrize("past", [None, PastTurn("hello", "hello", None)])
def test_without_a_topic_before_nothing_is_put_in(past: PastTurn | None) -> None:
    assert standalone_question("give me an example", past, names_concept) == "give me an example"


@pytest.mark.parametrize(
    ("words", "intent"),
    [
        ("hello", "smalltalk"),
        ("Thank you so much!", "smalltalk"),
        ("thanks", "smalltalk"),
        ("Hi, what is a tuple?", "question"),
        ("Where do I start?", "plan"),
        ("Do I need a GPU?", "plan"),
        ("Which book is good for calculus?", "resource"),
        ("What is a derivative?", "question"),
    ],
)
def test_the_words_of_a_question_tell_its_kind(words: str, intent: Intent) -> None:
    assert intent_of(words) == intent


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("What is a list?", ["What is a list?"]),
        ("what is a list? and why?", ["what is a list? and why?"]),
        ("what is target encoding and why does it leak", ["what is target encoding and why does it leak"]),
        (
            "what is meant by gradient descent? what does colab pro cost?",
            ["what is meant by gradient descent", "what does colab pro cost?"],
        ),
        (
            "how do i sort a list and how do i bake a cake",
            ["how do i sort a list", "how do i bake a cake"],
        ),
        ("what is the difference between bias and variance", ["what is the difference between bias and variance"]),
    ],
)
def test_several_questions_in_one_are_taken_apart(question: str, parts: list[str]) -> None:
    assert parts_of(question) == parts
