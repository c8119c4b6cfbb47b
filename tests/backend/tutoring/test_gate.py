"""What the notes cover, and what looks like it but asks for a fact that they do not hold."""

import pytest

from backend.tutoring.gate import is_covered
from backend.tutoring.retrieve import CANDIDATES, Asked, retrieve
from ingest.embedding import Embedding
from ingest.snapshots import OpenSnapshot


def covers(snapshot: OpenSnapshot, embedding: Embedding, question: str) -> bool:
    asked = Asked.of(question, embedding)
    return is_covered(snapshot, asked, retrieve(snapshot, asked, limit=CANDIDATES))


@pytest.mark.parametrize(
    "question",
    [
        "What is gradient descent?",
        "how do i add something at the end of a list",
        "my model is great on the training data and bad on new data",
        "what is the cost of gradient descent and how does it fall",
        "what does the training cost of gradient descent tell me",
        "how much training data does a model need so that it does not overfit",
        "how long does it take to learn machine learning",
    ],
)
def test_what_the_notes_teach_is_covered(snapshot: OpenSnapshot, embedding: Embedding, question: str) -> None:
    assert covers(snapshot, embedding, question)


@pytest.mark.parametrize(
    "question",
    [
        "what is the best pizza in Rome",
        "how do i centre a div in css",
        "does my cat love me",
        "how much does kaggle pay its employees",
        "how much does a print of the attention paper cost",
        "what is the salary of a kaggle grandmaster",
        "when was the attention paper of the transformer published, which year",
        "what is the latest version of the python list library",
    ],
)
def test_what_the_notes_do_not_hold_is_not_covered(snapshot: OpenSnapshot, embedding: Embedding, question: str) -> None:
    assert not covers(snapshot, embedding, question)
