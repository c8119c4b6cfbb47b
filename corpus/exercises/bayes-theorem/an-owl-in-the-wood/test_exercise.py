import pytest
from submission import beliefs


def test_one_alarm_for_a_rare_owl_is_a_weak_sign():
    # Of 10 000 woods, 100 have an owl: 90 true alarms and 495 false alarms.
    assert beliefs(0.01, 0.9, 0.05, [("r1", True)]) == pytest.approx([90 / 585])


def test_silence_lowers_the_belief():
    # Of 1000 woods, 400 have an owl: 100 of these and 540 others stay silent.
    assert beliefs(0.4, 0.75, 0.1, [("r1", False)]) == pytest.approx([100 / 640])


def test_the_posterior_becomes_the_next_prior():
    reports = [("a", True), ("b", True), ("c", False)]
    # Odds: 1 to 99, times 18 for each alarm, times 2/19 for the silence.
    odds = [18 / 99, 18 * 18 / 99, 18 * 18 / 99 * 2 / 19]
    expected = [o / (1 + o) for o in odds]
    assert beliefs(0.01, 0.9, 0.05, reports) == pytest.approx(expected)


def test_a_repeated_report_is_no_new_evidence():
    once = 90 / 585
    reports = [("r1", True), ("r1", True), ("r1", True)]
    assert beliefs(0.01, 0.9, 0.05, reports) == pytest.approx([once] * 3), (
        "the same recording has counted more than once"
    )
    twice = 324 / 423
    reports = [("r1", True), ("r2", True), ("r1", True)]
    assert beliefs(0.01, 0.9, 0.05, reports) == pytest.approx([once, twice, twice])


def test_a_detector_that_guesses_changes_nothing():
    reports = [("a", True), ("b", False)]
    assert beliefs(0.3, 0.2, 0.2, reports) == pytest.approx([0.3, 0.3])


def test_certainty_stays_certainty():
    reports = [("a", True), ("b", False)]
    assert beliefs(0, 0.9, 0.05, reports) == [0, 0]
    assert beliefs(1, 0.9, 0.05, reports) == [1, 1]


def test_no_reports_give_no_beliefs():
    assert beliefs(0.2, 0.9, 0.05, []) == []


@pytest.mark.parametrize(
    "numbers",
    [(-0.1, 0.9, 0.1), (1.1, 0.9, 0.1), (0.5, 0, 0.1), (0.5, 1, 0.1)]
    + [(0.5, 0.9, 0), (0.5, 0.9, 1), (0.5, 0.9, 2)],
)
def test_impossible_probabilities_are_refused(numbers):
    with pytest.raises(ValueError):
        beliefs(*numbers, [("a", True)])
