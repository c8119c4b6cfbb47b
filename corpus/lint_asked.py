"""Rules of the questions in learners' words (A), which lead to a note."""

import re
from collections.abc import Iterator

from corpus.lint_drafts import Corpus, Spot, are_texts
from corpus.lint_pages import misplaced
from corpus.lint_registry import rule

FEWEST_QUESTIONS = 8


@rule("A1")
def questions_are_where_their_concept_says(corpus: Corpus) -> Iterator[Spot]:
    """The concept of a file of questions names the file, and its step names the folder."""
    for asked in corpus.asked:
        if asked.concept != asked.stem:
            yield asked.where, f"the concept is {asked.concept!r} but the file is {asked.stem}.yaml"
        yield from misplaced(asked.where, asked.folder, asked.stem, corpus)


@rule("A2")
def notes_are_asked_for(corpus: Corpus) -> Iterator[Spot]:
    """Every note has at least 8 questions in learners' words."""
    counts = {asked.stem: len(asked.questions) if are_texts(asked.questions) else 0 for asked in corpus.asked}
    for concept, note in corpus.notes.items():
        if counts.get(concept, 0) < FEWEST_QUESTIONS:
            file = f"asked/{note.folder}/{concept}.yaml"
            yield file, f"want `asked`, a list of {FEWEST_QUESTIONS} or more texts (quote one that has a colon)"


@rule("A3")
def questions_are_asked_once(corpus: Corpus) -> Iterator[Spot]:
    """No two questions in the corpus have the same words."""
    found: dict[str, str] = {}
    for asked in corpus.asked:
        for question in asked.questions if are_texts(asked.questions) else ():
            words = " ".join(re.findall(r"\w+", question.lower()))
            if words in found:
                yield asked.where, f"'{question}' is asked in {found[words]} already"
            found.setdefault(words, asked.where)
