import pytest
from submission import model_card

# 12 light examples with 11 right, 10 dark ones with 5 right, 2 freckled ones.
GROUPS = ["light"] * 12 + ["dark"] * 10 + ["freckled"] * 2
TRUTH = [1] * 24
PREDICTIONS = [1] * 11 + [0] + [1] * 5 + [0] * 5 + [1, 1]


@pytest.fixture
def lines():
    return model_card("mole", "Demo only", TRUTH, PREDICTIONS, GROUPS).split("\n")


def test_the_card_begins_with_name_and_use(lines):
    assert lines[:4] == ["# Model card: mole", "", "Intended use: Demo only", ""]


def test_the_overall_line_counts_every_example(lines):
    assert lines[4:6] == ["Overall accuracy: 0.75 (n = 24)", ""]  # 18 of 24


def test_each_group_has_its_own_accuracy(lines):
    assert lines[6:8] == ["| group | n | accuracy |", "| --- | --- | --- |"]
    assert lines[8] == "| dark | 10 | 0.50 |"
    assert lines[10] == "| light | 12 | 0.92 |"


def test_a_small_group_shows_too_few(lines):
    assert lines[9] == "| freckled | 2 | too few |"


def test_the_weakest_group_has_enough_examples():
    predictions = PREDICTIONS[:22] + [0, 0]
    card = model_card("mole", "Demo only", TRUTH, predictions, GROUPS)
    assert card.endswith("\n\nWeakest group: dark (0.50)")


def test_the_first_name_wins_a_tie():
    card = model_card("m", "u", [1, 1, 1, 1], [1, 0, 0, 1], ["b", "b", "a", "a"], 2)
    assert card.endswith("Weakest group: a (0.50)")


def test_no_group_with_enough_examples_is_unknown():
    assert model_card("m", "u", [1], [1], ["a"]).endswith("Weakest group: unknown")


@pytest.mark.parametrize("lists", [([], [], []), ([1], [1], []), ([1, 0], [1], ["a"])])
def test_lists_that_do_not_fit_are_refused(lists):
    with pytest.raises(ValueError):
        model_card("m", "u", *lists)
