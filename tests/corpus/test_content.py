import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.content import Concept, Step

NAMES = st.from_regex(r"[A-Z][a-z]+( [A-Za-z]+){0,3}", fullmatch=True)


@pytest.mark.parametrize(
    ("name", "in_text"),
    [
        ("Chain rule", "chain rule"),
        ("K-means clustering", "k-means clustering"),
        ("Linear algebra with NumPy", "linear algebra with NumPy"),
        ("X", "x"),
    ],
)
def test_a_name_starts_small_inside_a_sentence(name: str, in_text: str) -> None:
    assert Concept("id", name, 1).name_in_text == in_text


@pytest.mark.parametrize("name", ["NumPy arrays", "ReLU", "F-String formatting"])
def test_a_name_with_a_capital_inside_its_first_word_keeps_it(name: str) -> None:
    assert Concept("id", name, 1).name_in_text == name


def test_a_given_form_wins_over_the_rule() -> None:
    concept = Concept("conditionals", "Conditionals (if, elif, else)", 1, in_text="conditionals")
    assert concept.name_in_text == "conditionals"


@given(NAMES)
def test_a_name_in_text_differs_in_its_first_letter_at_most(name: str) -> None:
    assert Concept("id", name, 1).name_in_text[1:] == name[1:]


@given(NAMES, st.lists(NAMES))
def test_the_terms_are_the_name_its_form_in_text_and_the_aliases(name: str, aliases: list[str]) -> None:
    concept = Concept("id", name, 1, aliases=tuple(aliases))
    assert concept.terms == (name, concept.name_in_text, *aliases)


def test_a_concept_is_on_the_path_unless_it_says_otherwise() -> None:
    assert Concept("lists", "Lists", 1).depth == "core"


def test_what_is_taught_does_not_change_under_its_readers() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Step(1, "python-basics", "Python basics").number = 2
