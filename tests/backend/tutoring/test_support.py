"""What speaks against a sentence, without a language model."""

import pytest

from backend.tutoring.support import check, stems
from corpus.reader import read_concept_graph

TERMS = read_concept_graph().technical_terms


def conflicts(sentence: str, source: str, around: str = "") -> tuple[str, ...]:
    return check(sentence, source, around, TERMS).conflicts


@pytest.mark.parametrize(
    ("sentence", "source", "conflict"),
    [
        ("A rate of 0.1 is usual.", "A rate of 0.01 is usual.", "number 0.1"),
        ("There are seven folds.", "There are five folds.", "number 7"),
        ("Call `pop` to add an item.", "Call `append` to add an item.", "name pop"),
        ("Use train_test_split here.", "Use cross_val_score here.", "name train_test_split"),
        ("A larger rate makes the loss rise.", "A larger rate makes the loss fall.", "rise for fall"),
        ("Lasso shrinks weights.", "Ridge shrinks weights.", "lasso for ridge"),
        ("A tuple can be changed.", "A tuple cannot be changed.", "negation"),
        ("The old list does not change.", "The old list changes too.", "negation"),
        ("It always helps.", "It often helps.", "always for often"),
        ("The method is called backpropagation.", "The method is called forward propagation.", "term backpropagation"),
    ],
)
def test_one_changed_fact_speaks_against_a_sentence(sentence: str, source: str, conflict: str) -> None:
    assert conflict in conflicts(sentence, source)


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("There are 5 folds.", "There are five folds."),
        ("It keeps 25% of the 1,000 rows.", "It keeps 25 % of the 1000 rows."),
        ("The loss does not rise.", "The loss falls."),
        ("Call `df.head()` first.", "First call `head`."),
        ("A tuple can not be changed.", "A tuple cannot be changed."),
        ("An average of a small group is not reliable.", "A mean of a small group is unreliable."),
        ("Precision falls and recall rises.", "Recall rises and precision falls."),
        ("If it lacks a key, `get` gives None.", "Without a key, `get` gives None."),
    ],
)
def test_the_same_fact_in_other_words_has_nothing_against_it(sentence: str, source: str) -> None:
    assert conflicts(sentence, source) == ()


def test_what_stands_beside_the_source_may_be_said() -> None:
    assert conflicts("Five folds of 20 rows.", "Each fold has 20 rows.") == ("number 5",)
    assert conflicts("Five folds of 20 rows.", "Each fold has 20 rows.", "There are five folds.") == ()


def test_opposites_that_changed_places_are_seen() -> None:
    source = "Precision counts false positives, while recall counts false negatives."
    swapped = "Recall counts false positives, while precision counts false negatives."
    assert any("swapped" in conflict for conflict in conflicts(swapped, source))
    assert conflicts("Recall counts false negatives, while precision counts false positives.", source) == ()


def test_coverage_is_the_share_of_content_words_that_the_source_has() -> None:
    assert check("The gradient points uphill.", "A gradient pointing uphill", "", TERMS).coverage == 1
    assert check("Bananas are yellow.", "The gradient points uphill.", "", TERMS).coverage == 0
    assert check("", "The gradient points uphill.", "", TERMS).coverage == 1


def test_stems_leave_out_empty_words_and_keep_code() -> None:
    assert stems("It is the `train_test_split` of the lists") == {"train_test_split", "list"}
