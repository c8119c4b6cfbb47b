import pytest
from submission import best_model, macro_f1, per_class

# 5 of 6 crows and 1 of 2 owls are named right.
TRUE = ["crow"] * 6 + ["owl"] * 2
PRED = ["crow"] * 5 + ["owl"] + ["owl", "crow"]


def test_precision_and_recall_are_not_swapped():
    # One email flagged, rightly, and 19 missed.
    row = per_class(["spam"] * 20 + ["ham"], ["spam"] + ["ham"] * 20)["spam"]
    assert row["precision"] == pytest.approx(1)
    assert row["recall"] == pytest.approx(0.05)


def test_f1_is_the_harmonic_mean():
    row = per_class(["a"] * 50 + ["b"], ["a"] + ["b"] * 50)["a"]
    assert row["f1"] == pytest.approx(2 / (1 / 1 + 1 / 0.02))


def test_three_classes_computed_by_hand():
    counts = {
        ("wren", "wren"): 3,
        ("wren", "owl"): 1,
        ("crow", "crow"): 8,
        ("crow", "wren"): 2,
        ("owl", "crow"): 2,
        ("owl", "owl"): 1,
    }
    pairs = [pair for pair, count in counts.items() for _ in range(count)]
    report = per_class([true for true, _ in pairs], [pred for _, pred in pairs])
    assert list(report) == ["crow", "owl", "wren"]
    rows = report.values()
    assert [row["precision"] for row in rows] == pytest.approx([8 / 10, 1 / 2, 3 / 5])
    assert [row["recall"] for row in rows] == pytest.approx([8 / 10, 1 / 3, 3 / 4])
    assert [row["support"] for row in rows] == [10, 3, 4]


def test_a_class_that_occurs_on_one_side_only_counts_as_zero():
    report = per_class(["crow", "owl"], ["crow", "wren"])
    assert list(report) == ["crow", "owl", "wren"]
    nothing = {"precision": 0.0, "recall": 0.0, "f1": 0.0}
    assert report["owl"] == {**nothing, "support": 1}
    assert report["wren"] == {**nothing, "support": 0}


def test_every_class_counts_the_same_in_the_macro_average():
    # Crows have 5/6 for precision and recall, owls have 1/2.
    assert macro_f1(TRUE, PRED) == pytest.approx((5 / 6 + 1 / 2) / 2)


def test_the_macro_average_takes_f1_scores_and_not_precision_and_recall():
    true, pred = ["crow"] * 9 + ["owl"], ["crow"] * 4 + ["owl"] * 6
    scores = [row["f1"] for row in per_class(true, pred).values()]
    assert macro_f1(true, pred) == pytest.approx(sum(scores) / 2)


def test_the_highest_accuracy_does_not_decide():
    true = ["crow"] * 18 + ["owl"] * 2
    models = {
        "always crow": ["crow"] * 20,  # accuracy 0.9, no owl found
        "careful": ["crow"] * 15 + ["owl"] * 5,  # accuracy 0.85, both owls found
    }
    assert best_model(true, models) == "careful"


def test_the_first_of_equal_models_wins():
    assert best_model(TRUE, {"z": PRED, "a": PRED, "bad": ["owl"] * 8}) == "z"


@pytest.mark.parametrize(("true", "pred"), [([], []), (["a"], ["a", "b"]), (["a"], [])])
def test_labels_that_do_not_pair_up_are_refused(true, pred):
    for function in (per_class, macro_f1):
        with pytest.raises(ValueError):
            function(true, pred)
