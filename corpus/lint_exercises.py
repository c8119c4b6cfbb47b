"""Rules of the exercises (E): tests that the solution passes, and that the starter and a misconception fail."""

from collections.abc import Iterator

from corpus.lint_drafts import TESTS_FILE, Corpus, Exercise, Spot
from corpus.lint_registry import rule

KEYS = ("concept", "title", "level", "minutes")
TESTS_PASSED, TESTS_FAILED = "0", "1"
"""The exit codes of pytest."""


@rule("E1")
def solution_passes(corpus: Corpus) -> Iterator[Spot]:
    """The solution passes the tests."""
    for exercise in corpus.exercises:
        if (verdict := _verdict(exercise, "solution.py", corpus)) != TESTS_PASSED:
            yield exercise.where, f"the solution does not pass: {verdict}"


@rule("E2")
def starter_fails(corpus: Corpus) -> Iterator[Spot]:
    """The starter is there and does not pass the tests."""
    for exercise in corpus.exercises:
        verdict = _verdict(exercise, "starter.py", corpus)
        if verdict == TESTS_PASSED:
            yield exercise.where, "the starter already passes"
        elif "starter.py" not in exercise.files:
            yield exercise.where, verdict


@rule("E3")
def task_has_three_hints(corpus: Corpus) -> Iterator[Spot]:
    """The front matter of a task has three hints."""
    for exercise in corpus.exercises:
        hints = exercise.meta.get("hints")
        if not isinstance(hints, list) or len(hints) != 3 or not all(isinstance(hint, str) for hint in hints):
            yield exercise.where, "want `hints`, a list of 3 texts (quote one that has a colon)"


@rule("E4")
def misconception_fails(corpus: Corpus) -> Iterator[Spot]:
    """A submission with a misconception, which the task names by its anchor in a note, fails the tests."""
    anchors = [anchor for note in corpus.notes.values() for anchor in note.anchors]
    for exercise in corpus.exercises:
        verdict = _verdict(exercise, "misconception.py", corpus)
        if verdict != TESTS_FAILED:
            passes = "the misconception passes the tests" if verdict == TESTS_PASSED else verdict
            yield exercise.where, f"misconception.py should run and fail: {passes}"
        if (named := exercise.meta.get("misconception")) not in anchors:
            yield exercise.where, f"`misconception` is {named!r}, want the anchor of a misconception in a note"


@rule("E5")
def task_says_what_it_is(corpus: Corpus) -> Iterator[Spot]:
    """The front matter of a task names a known concept, a title, a level and minutes."""
    for exercise in corpus.exercises:
        for key in KEYS:
            if not exercise.meta.get(key):
                yield exercise.where, f"`{key}` is missing"
        if (concept := str(exercise.meta.get("concept"))) not in corpus.graph:
            yield exercise.where, f"there is no concept {concept} in concepts.yaml"


def _verdict(exercise: Exercise, submission: str, corpus: Corpus) -> str:
    """The exit code of pytest on a file of the exercise, or what kept the tests from running."""
    script = exercise.script(submission)
    if script is None:
        return f"there is no {submission}" if submission not in exercise.files else f"there is no {TESTS_FILE}"
    outcome = corpus.outcomes[script]
    if not outcome.is_success:
        return outcome.last_words
    report, _, code = outcome.printed.rpartition("\n")
    return code if code in (TESTS_PASSED, TESTS_FAILED) else (report.splitlines() or [f"pytest ended with {code}"])[-1]
