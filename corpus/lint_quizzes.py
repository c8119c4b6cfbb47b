"""Rules of the quizzes (Q): items that can be marked, that teach when answered wrongly, and that give nothing away."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
from math import ceil
from typing import Any, TypeVar

from corpus.lint_drafts import Corpus, Item, Spot, are_texts, is_text
from corpus.lint_pages import misplaced
from corpus.lint_prose import faults_of_maths, headings_and_fences, without_fences, without_inline_code
from corpus.lint_registry import rule

T = TypeVar("T")

KINDS = ("single-choice", "multiple-choice", "numeric", "short-answer", "code-output")
LEVELS = ("recall", "apply", "analyse")
ALIKE = 0.85
FEW_ITEMS = 20


@rule("Q1")
def quizzes_have_four_items(corpus: Corpus) -> Iterator[Spot]:
    """A quiz has at least 4 items."""
    for quiz in corpus.quizzes:
        if len(quiz.items) < 4:
            yield quiz.where, f"there are {len(quiz.items)} items, want 4 or more"


@rule("Q2")
def quizzes_ask_to_recall_and_to_apply(corpus: Corpus) -> Iterator[Spot]:
    """Every item has a known level; each quiz has a recall and an apply item."""
    for quiz in corpus.quizzes:
        levels = [item["level"] for item in quiz.items]
        for missing in [level for level in ("recall", "apply") if level not in levels]:
            yield quiz.where, f"there is no {missing} item"
    for quiz, item in corpus.items:
        if item["level"] not in LEVELS:
            yield quiz.where, f"{item.id}: the level is {item['level']!r}, want one of {', '.join(LEVELS)}"


@rule("Q3")
def item_ids_are_unique(corpus: Corpus) -> Iterator[Spot]:
    """The id of an item is <concept>-<n>, and no other item has it."""
    counts = Counter(item.id for _, item in corpus.items)
    for quiz, item in corpus.items:
        if counts[item.id] > 1:
            yield quiz.where, f"{item.id} is used {counts[item.id]} times"
        if not re.fullmatch(rf"{re.escape(quiz.stem)}-[1-9]\d*", item.id):
            yield quiz.where, f"{item.id} is not of the form {quiz.stem}-<number>"


@rule("Q4")
def kinds_are_known(corpus: Corpus) -> Iterator[Spot]:
    """An item is of a known kind."""
    for quiz, item in corpus.items:
        if item["kind"] not in KINDS:
            yield quiz.where, f"{item.id}: the kind is {item['kind']!r}, want one of {', '.join(KINDS)}"


@rule("Q5")
def choices_are_fair(corpus: Corpus) -> Iterator[Spot]:
    """There are 3-5 choices; one is right in a single choice, one right and one wrong at least in a multiple choice."""
    for quiz, item in corpus.items:
        if item.is_choice:
            yield from ((quiz.where, f"{item.id}: {fault}") for fault in _faults_of_choices(item))


@rule("Q6")
def answers_are_explained(corpus: Corpus) -> Iterator[Spot]:
    """Every choice, every number and every code output has a `why`."""
    for quiz, item in corpus.items:
        for choice in item.choices:
            if not is_text(choice.why):
                yield quiz.where, f"{item.id}: the choice {choice.text!r} has no why"
        if item["kind"] in ("numeric", "code-output") and not is_text(item["why"]):
            yield quiz.where, f"{item.id} has no why"


@rule("Q7")
def choices_stand_alone(corpus: Corpus) -> Iterator[Spot]:
    """No choice is all or none of the above."""
    for quiz, item in corpus.items:
        for choice in item.choices:
            if re.search(r"\b(all|none|both|neither|any|some) of the (above|other)", str(choice.text), re.IGNORECASE):
                yield quiz.where, f"{item.id}: a choice says '{choice.text}'"


@rule("Q8")
def items_have_a_prompt_and_an_answer(corpus: Corpus) -> Iterator[Spot]:
    """Prompt and answer are there, of the right type; a number has a tolerance, a short answer 2 or 3 rubric points."""
    for quiz, item in corpus.items:
        yield from ((quiz.where, f"{item.id}: {fault}") for fault in _faults_of_answer(item))


@rule("Q9")
def misconceptions_are_in_the_note(corpus: Corpus) -> Iterator[Spot]:
    """A misconception that an item names is an anchor of the note."""
    for quiz, item in corpus.items:
        note = corpus.notes.get(quiz.stem)
        for anchor in sorted(item.misconceptions - set(note.anchors)) if note else ():
            yield quiz.where, f"{item.id}: the note has no misconception {anchor}"


@rule("Q16")
def right_choices_name_no_misconception(corpus: Corpus) -> Iterator[Spot]:
    """A misconception stands at a wrong choice or at the item: whoever picks a right choice does not hold it."""
    for quiz, item in corpus.items:
        for choice in item.choices:
            if choice.misconception is not None and choice.correct is True:
                yield quiz.where, f"{item.id}: the right choice names {choice.misconception}; move it to the item"


@rule("Q10", level="warning")
def misconceptions_are_tested(corpus: Corpus) -> Iterator[Spot]:
    """Every misconception of a note is named by an item of its quiz."""
    for quiz in corpus.quizzes:
        note = corpus.notes.get(quiz.stem)
        tested = set().union(*(item.misconceptions for item in quiz.items))
        for anchor in [anchor for anchor in note.anchors if anchor not in tested] if note else ():
            yield quiz.where, f"no item tests the misconception {anchor}"


@rule("Q11", level="warning")
def right_choices_do_not_show(corpus: Corpus) -> Iterator[Spot]:
    """Over all quizzes, the right choice is the longest, or in one same place, at most half the time."""
    lengths_and_places = [
        (len(str(choice.text)) > max(len(str(other.text)) for other in item.choices if other is not choice), place)
        for _, item in corpus.items
        if item["kind"] == "single-choice" and len(item.choices) > 1
        for place, choice in enumerate(item.choices, start=1)
        if choice.correct is True
    ]
    if len(lengths_and_places) < FEW_ITEMS:
        return
    total = len(lengths_and_places)
    longest = sum(is_longest for is_longest, _ in lengths_and_places)
    if longest > total / 2:
        yield "quizzes", f"the right choice is the longest in {longest} of {total} single choices"
    for place, count in Counter(place for _, place in lengths_and_places).items():
        if count > total / 2:
            yield "quizzes", f"the right choice is number {place} in {count} of {total} single choices"


@rule("Q12")
def code_prints_the_answer(corpus: Corpus) -> Iterator[Spot]:
    """The code of a code-output item prints its answer."""
    for quiz, item in corpus.items:
        if item.script is None:
            continue
        outcome = corpus.outcomes[item.script]
        if not outcome.is_success:
            yield quiz.where, f"{item.id}: the code fails: {outcome.last_words}"
        elif outcome.printed != str(item["answer"]).strip():
            yield quiz.where, f"{item.id}: the code printed {outcome.printed!r}, not {item['answer']!r}"


@rule("Q13")
def prompts_differ(corpus: Corpus) -> Iterator[Spot]:
    """No two prompts, with their code, have nearly the same words."""
    words = [_words_of_prompt(item) for _, item in corpus.items]
    for first, second in near_duplicates(words, ALIKE):
        quiz, item = corpus.items[second]
        yield quiz.where, f"{item.id} asks nearly the same as {corpus.items[first][1].id}"


@rule("Q14")
def quizzes_are_where_their_concept_says(corpus: Corpus) -> Iterator[Spot]:
    """The concept of a quiz is in the graph, names the file, and its step names the folder."""
    for quiz in corpus.quizzes:
        if quiz.concept != quiz.stem:
            yield quiz.where, f"the concept is {quiz.concept!r} but the file is {quiz.stem}.yaml"
        yield from misplaced(quiz.where, quiz.folder, quiz.stem, corpus)


@rule("Q15")
def formulas_can_be_typeset(corpus: Corpus) -> Iterator[Spot]:
    """In the texts of an item, $ and $$ and the braces of formulas have partners, and KaTeX knows their commands."""
    for quiz, item in corpus.items:
        shown = [item["prompt"], item["why"], *(text for choice in item.choices for text in (choice.text, choice.why))]
        for text in [text for text in shown if is_text(text) and "$" in text]:
            for _, fault in faults_of_maths(_without_code(text)):
                yield quiz.where, f"{item.id}: {fault}"


def near_duplicates(sets: Sequence[frozenset[T]], least: float) -> Iterator[tuple[int, int]]:
    """The pairs (first, later) of sets whose Jaccard similarity is `least` or more.

    Prefix filtering (Chaudhuri, Ganti and Kaushik, 2006): two sets so alike share one of their few rarest words, so
    only sets that do are compared.

    >>> list(near_duplicates([frozenset("abcde"), frozenset("xyz"), frozenset("abcdef")], 0.8))
    [(0, 2)]
    """
    counts = Counter(chain.from_iterable(sets))
    having: defaultdict[T, list[int]] = defaultdict(list)
    for later, words in enumerate(sets):
        rarest = sorted(words, key=lambda word: (counts[word], str(word)))[: len(words) - ceil(least * len(words)) + 1]
        for first in sorted({candidate for word in rarest for candidate in having[word]}):
            if len(words & sets[first]) >= least * len(words | sets[first]):
                yield first, later
        for word in rarest:
            having[word].append(later)


def _faults_of_choices(item: Item) -> Iterator[str]:
    right = [choice for choice in item.choices if choice.correct is True]
    if not 3 <= len(item.choices) <= 5:
        yield f"there are {len(item.choices)} choices, want 3 to 5"
    if item["kind"] == "single-choice" and len(right) != 1:
        yield f"{len(right)} choices are right, want one"
    if item["kind"] == "multiple-choice" and not 1 <= len(right) < len(item.choices):
        yield "want at least one right and one wrong choice"
    for choice in item.choices:
        if not is_text(choice.text) or not isinstance(choice.correct, bool):
            yield f"the choice {choice.text!r} needs a quoted `text`, and `correct` true or false"


def _faults_of_answer(item: Item) -> Iterator[str]:
    if not is_text(item["prompt"]):
        yield "there is no prompt"
    match item["kind"]:
        case "numeric":
            yield from _faults_of_number(item)
        case "short-answer":
            if not is_text(item["answer"]):
                yield "the answer is not a text"
            if not are_texts(item["rubric"]) or not 2 <= len(item["rubric"]) <= 3:
                yield "want a rubric of 2 or 3 texts (quote one that has a colon)"
        case "code-output":
            if not isinstance(item["answer"], str):
                yield f"the answer {item['answer']!r} is not a text: quote it"
            if not is_text(item["code"]):
                yield "there is no code"


def _faults_of_number(item: Item) -> Iterator[str]:
    if not _is_number(item["answer"]):
        yield f"the answer {item['answer']!r} is not a number"
    if not _is_number(item["tolerance"]) or item["tolerance"] < 0:
        yield f"the tolerance {item['tolerance']!r} is not a number of 0 or more"


def _words_of_prompt(item: Item) -> frozenset[tuple[str, int]]:
    """Each word with its count so far, so that code with the same names but other numbers is not the same."""
    counts: Counter[str] = Counter()
    words: list[tuple[str, int]] = []
    marks_of_code = re.findall(r"[\w.]+|[^\w\s]", str(item["code"] or ""))
    for word in re.findall(r"\w+", str(item["prompt"]).lower()) + marks_of_code:
        words.append((word, counts[word]))
        counts[word] += 1
    return frozenset(words)


def _without_code(text: str) -> str:
    _, fences = headings_and_fences(text)
    return without_inline_code(without_fences(text, fences))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
