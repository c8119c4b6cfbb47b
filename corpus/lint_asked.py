"""Rules of the questions in learners' words (A), which lead to a page."""

import re
from collections.abc import Iterator

from corpus.lint_drafts import Corpus, Spot, are_texts
from corpus.lint_pages import misplaced
from corpus.lint_registry import rule

FEWEST_QUESTIONS = {"note": 8, "path": 8, "resource": 4}


@rule("A1")
def questions_are_where_their_page_says(corpus: Corpus) -> Iterator[Spot]:
    """The page that a file of questions asks for names the file, and stands in the folder of the same name."""
    others = {(page.folder, page.stem) for page in corpus.pages if page.kind != "note"}
    for asked in corpus.asked:
        if asked.page != asked.stem:
            yield asked.where, f"the questions ask for {asked.page!r} but the file is {asked.stem}.yaml"
        if asked.folder not in ("path", "resources"):
            yield from misplaced(asked.where, asked.folder, asked.stem, corpus)
        elif (asked.folder, asked.stem) not in others:
            yield asked.where, f"there is no page {asked.stem} in the folder {asked.folder}"


@rule("A2")
def pages_are_asked_for(corpus: Corpus) -> Iterator[Spot]:
    """Every note and every page of the path has at least 8 questions in learners' words, every resource 4."""
    counts = {(asked.folder, asked.stem): len(asked.questions) for asked in corpus.asked if are_texts(asked.questions)}
    for page in corpus.pages:
        fewest = FEWEST_QUESTIONS[page.kind]
        if counts.get((page.folder, page.stem), 0) < fewest:
            file = f"asked/{page.folder}/{page.stem}.yaml"
            yield file, f"want `asked`, a list of {fewest} or more texts (quote one that has a colon)"


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
