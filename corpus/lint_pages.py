"""Rules of the Markdown pages: notes (N), path notes (P) and resource summaries (S).

A rule that holds for several kinds of page has an id in each letter.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from corpus.lint_drafts import Corpus, Page, PageKind, Spot, are_texts, is_text
from corpus.lint_prose import faults_of_maths, reading_grade, sentences
from corpus.lint_registry import page_rule, rule

Lengths = tuple[int, int]

NOTE_SECTIONS = {
    "Idea": (60, 180),
    "How it works": (120, 420),
    "Worked example": (50, 260),
    "In code": (0, 80),
    "Common mistakes": (60, 320),
    "Where next": (10, 60),
}
STEP_SECTIONS = {
    "What this step is for": (60, 160),
    "What to study, in order": (80, 250),
    "How long it takes": (50, 150),
    "What to skip at first": (40, 150),
    "When you are done": (60, 180),
    "Common doubts": (120, 800),
}
STEP_OVERVIEW = re.compile(r"step-\d-overview")
WHOLE_PATH = "whole-path"
WHOLE_PATH_SECTIONS = dict.fromkeys(
    (
        "The six steps",
        "The order and why",
        "What you need",
        "How much mathematics",
        "How to study each week",
        "When to move on",
        "Common doubts",
    ),
    (20, 1100),
)
ABOUT = "about-stepwise"
ABOUT_SECTIONS = {
    "What it is": (30, 120),
    "How it answers": (60, 200),
    "What it does not do": (40, 150),
    "Common doubts": (120, 500),
}
"""Of the page that answers questions about the tutor itself."""

CHOICE_SECTIONS = {
    "The short answer": (30, 120),
    "What speaks for each": (60, 320),
    "How to choose": (60, 260),
    "Common doubts": (120, 500),
}
"""Of any other path note: a choice that learners face."""

SUMMARY_SECTIONS = {
    "What it is": (30, 120),
    "Who it is for": (20, 100),
    "What it covers": (1, 450),
    "How to study it with this tutor": (30, 150),
    "Before and after": (20, 100),
    "What it leaves out": (20, 100),
}
LONGEST_SUMMARY = 160
LONGEST_SENTENCE = 32
HARDEST_GRADE = 11
LENGTH_OF_DOUBT = (40, 90)

BARE_PRONOUN = re.compile(r"(?:it|this|that|these|those|they|he|she|here|such)\b", re.IGNORECASE)
EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b50\u2b55\ufe0f]")
EXCLAMATION = re.compile(r"![\"')\u201d]*(?=\s|$)")
# Two resources have titles that begin like filler.
FILLER = re.compile(
    r"\b(?:let['\u2019]s(?! reproduce gpt)|dive (?!into deep learning)(?:in|into|deep|deeper)|simply put|"
    r"needless to say|it(?:['\u2019]s| is) worth noting|"
    r"as you can see|in a nutshell|without further ado|at the end of the day|in this (?:note|section|chapter|lesson)|"
    r"as we (?:saw|have seen|will see)|as (?:mentioned|shown) (?:above|before)|see (?:above|below)|example above)\b",
    re.IGNORECASE,
)
CODE_BLOCKS = ("python", "python no-run", "bash", "text", "text output")
SUBJECT_OF_ALL = "machine learning"


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and value > 0


def _is_date(value: Any) -> bool:
    return isinstance(value, date)


def _is_grade(value: Any) -> bool:
    return value in range(1, 6)


def _is_step(value: Any) -> bool:
    return value is None or value in range(1, 7)


FRONT_MATTER: dict[PageKind, dict[str, tuple[Callable[[Any], bool], str]]] = {
    "note": {
        "concept": (is_text, "the id of a concept"),
        "summary": (is_text, "a sentence"),
        "objectives": (are_texts, "a list of sentences (quote one that has a colon)"),
        "minutes": (_is_count, "a whole number"),
        "difficulty": (_is_grade, "a number from 1 to 5"),
        "resources": (are_texts, "a list of ids"),
        "reviewed": (_is_date, "a date such as 2026-11-22"),
    },
    "path": {
        "path": (is_text, "the id of the path note"),
        "title": (is_text, "a title"),
        "step": (_is_step, "a number from 1 to 6, or left out"),
        "summary": (is_text, "a sentence"),
        "minutes": (_is_count, "a whole number"),
        "reviewed": (_is_date, "a date such as 2026-11-22"),
    },
    "resource": {
        "resource": (is_text, "the id of a resource"),
        "summary": (is_text, "a sentence"),
        "reviewed": (_is_date, "a date such as 2026-11-22"),
    },
}


@page_rule(note="N1", path="P1", resource="S1")
def front_matter_is_complete(page: Page, corpus: Corpus) -> Iterator[Spot]:
    """The front matter has every key, with a value of the right kind."""
    for key, (is_right, wanted) in FRONT_MATTER[page.kind].items():
        if not is_right(page.meta.get(key)):
            found = f"is {page.meta[key]!r}" if key in page.meta else "is missing"
            yield page.where, f"`{key}` {found}; want {wanted}"


@page_rule(note="N2")
def note_is_where_its_concept_says(page: Page, corpus: Corpus) -> Iterator[Spot]:
    """The concept of a note is in the graph, names the file, and its step names the folder."""
    concept = page.meta.get("concept")
    if concept != page.stem:
        yield page.where, f"the concept is {concept!r} but the file is {page.stem}.md"
    yield from misplaced(page.where, page.folder, page.stem, corpus)


@page_rule(path="P2", resource="S2")
def page_is_named_as_it_says(page: Page, corpus: Corpus) -> Iterator[Spot]:
    """The `path` or `resource` of the front matter names the file; a resource is one of resources.yaml."""
    name = page.meta.get(page.kind)
    if name != page.stem:
        yield page.where, f"the {page.kind} is {name!r} but the file is {page.stem}.md"
    if page.kind == "resource" and page.stem not in {resource.id for resource in corpus.resources}:
        yield page.where, f"there is no resource {page.stem} in resources.yaml"


@page_rule(note="N3", path="P3", resource="S3")
def summary_is_short(page: Page, corpus: Corpus) -> Iterator[Spot]:
    """The summary has at most 160 characters."""
    length = len(str(page.meta.get("summary", "")))
    if length > LONGEST_SUMMARY:
        yield page.where, f"the summary has {length} characters, want {LONGEST_SUMMARY} at most"


@page_rule(note="N4")
def objectives_are_three_to_five(page: Page, corpus: Corpus) -> Iterator[Spot]:
    """A note has 3 to 5 objectives."""
    count = len(page.values("objectives"))
    if not 3 <= count <= 5:
        yield page.where, f"there are {count} objectives, want 3 to 5"


@page_rule(note="N5")
def resources_are_known(page: Page, corpus: Corpus) -> Iterator[Spot]:
    """A note names resources of resources.yaml."""
    known = [resource.id for resource in corpus.resources]
    for name in page.values("resources"):
        if name not in known:
            yield page.where, f"there is no resource {name} in resources.yaml"


@page_rule(note="N6", path="P4", resource="S4")
def sections_are_in_order(page: Page, corpus: Corpus) -> Iterator[Spot]:
    """One title, then exactly the sections that pages of the kind have, in their order."""
    titles = [heading for heading in page.headings if heading.level == 1]
    if len(titles) != 1:
        yield page.where, f"there are {len(titles)} lines '# Title', want one"
    found, wanted = [heading.words for heading, _ in page.sections], list(sections_wanted(page))
    if found != wanted:
        yield page.where, f"the sections are {found}, want {wanted}"


@page_rule(note="N7", path="P5", resource="S5")
def sections_have_the_right_length(page: Page, corpus: Corpus) -> Iterator[Spot]:
    """Each section has as many words of prose as its place allows."""
    wanted = sections_wanted(page)
    for heading, text in page.sections:
        words, (low, high) = len(text.split()), wanted.get(heading.words, (0, 9999))
        if not low <= words <= high:
            yield page.at(heading.line), f"'{heading.words}' has {words} words, want {low} to {high}"


@page_rule(note="N19", path="P6", resource="S6")
def page_has_the_right_length(page: Page, corpus: Corpus) -> Iterator[Spot]:
    """A note has at most 930 words of prose, an overview of a step 450-800, a choice 300-700,
    the whole path 700-1100, a summary 200-480."""
    words, (low, high) = len(page.prose.split()), words_wanted(page)
    if not low <= words <= high:
        yield page.where, f"the page has {words} words of prose, want {low} to {high}"


@page_rule(note="N8", path="P7", resource="S7")
def links_lead_to_concepts(page: Page, corpus: Corpus) -> Iterator[Spot]:
    """A [[link]] outside code names a known concept."""
    for where, concept in page.links:
        if concept not in corpus.graph:
            yield where, f"[[{concept}]] goes nowhere"


@page_rule(note="N9", path="P8", resource="S8")
def urls_are_left_to_the_resources(page: Page, corpus: Corpus) -> Iterator[Spot]:
    """There is no URL outside code: external links belong in resources.yaml."""
    for where, match in page.find(re.compile(r"https?://\S+"), page.outside_code):
        yield where, f"{match[0]}: external links belong in resources.yaml"


@page_rule(note="N10", level="warning")
def terms_of_later_concepts_are_linked(page: Page, corpus: Corpus) -> Iterator[Spot]:
    """A term of several words names a concept that is linked or was needed before."""
    if page.stem not in corpus.graph:
        return
    known = page.linked | corpus.graph.ancestors(page.stem) | {page.stem}
    text = page.plain_words.lower()
    terms = {term.lower().replace("`", ""): concept.id for concept in corpus.graph for term in concept.terms}
    for term in sorted(terms, key=len, reverse=True):
        if " " not in term or term not in text or term == SUBJECT_OF_ALL:
            continue
        text, count = re.subn(rf"\b{re.escape(term)}\b", " ", text)
        if count and terms[term] not in known:
            yield page.where, f"uses '{term}' ({terms[term]}), which is neither a prerequisite nor linked"


@page_rule(note="N11")
def misconceptions_are_named(page: Page, corpus: Corpus) -> Iterator[Spot]:
    """A note has at least 3 misconceptions, each with an anchor of its own."""
    yield from _named_parts(page, "misconception", least=3)


@page_rule(path="P15")
def doubts_are_named_and_short(page: Page, corpus: Corpus) -> Iterator[Spot]:
    """A path note has at least 3 doubts of 40 to 90 words, the whole path at least 5; each has an anchor."""
    yield from _named_parts(page, "doubt", least=5 if page.stem == WHOLE_PATH else 3)
    low, high = LENGTH_OF_DOUBT
    for heading, text in page.named_parts:
        words = len(text.split())
        if page.stem != WHOLE_PATH and not low <= words <= high:
            yield page.at(heading.line), f"the doubt has {words} words, want {low} to {high}"


@page_rule(note="N12", path="P9", resource="S9", level="warning")
def reading_is_easy(page: Page, corpus: Corpus) -> Iterator[Spot]:
    """The reading grade is 11 or less."""
    grade = reading_grade(page.prose)
    if grade > HARDEST_GRADE:
        yield page.where, f"the reading grade is {grade:.1f}, want {HARDEST_GRADE} or less"


@page_rule(note="N13", path="P10", resource="S10", level="warning")
def sentences_are_short(page: Page, corpus: Corpus) -> Iterator[Spot]:
    """A sentence has at most 32 words."""
    for line, sentence in sentences(page.outside_fences, page.prose):
        words = len(sentence.split())
        if words > LONGEST_SENTENCE:
            yield page.at(line), f"a sentence of {words} words: {sentence[:60]}..."


@page_rule(note="N14", path="P11", resource="S11")
def formulas_can_be_typeset(page: Page, corpus: Corpus) -> Iterator[Spot]:
    """Outside code, $ and $$ and the braces of formulas have partners, and KaTeX knows their commands."""
    for line, fault in faults_of_maths(page.outside_code):
        yield page.at(line), fault


@page_rule(note="N15")
def code_runs(page: Page, corpus: Corpus) -> Iterator[Spot]:
    """Every code block says what it is, and the Python blocks of a note run as one script without an error."""
    for fence in page.fences:
        if fence.info not in CODE_BLOCKS:
            wanted = ", ".join(CODE_BLOCKS)
            yield page.at(fence.lines[0]), f"a code block is marked {fence.info!r}, want one of: {wanted}"
    if page.script and not corpus.outcomes[page.script].is_success:
        yield page.where, f"the code fails: {corpus.outcomes[page.script].last_words}"


@page_rule(note="N16")
def code_prints_what_the_note_says(page: Page, corpus: Corpus) -> Iterator[Spot]:
    """The script of a note prints exactly what its `text output` blocks say."""
    if page.script is None:
        if page.stated_output:
            yield page.where, "there is a `text output` block but no Python block that runs"
        return
    outcome = corpus.outcomes[page.script]
    if outcome.is_success and outcome.printed != page.stated_output:
        yield page.where, f"the code printed {outcome.printed!r}, not {page.stated_output!r}"


@page_rule(note="N17", path="P12", resource="S12")
def parts_start_with_their_subject(page: Page, corpus: Corpus) -> Iterator[Spot]:
    """No section, misconception or doubt starts with a bare pronoun."""
    for heading, text in page.parts:
        if BARE_PRONOUN.match(start := text.lstrip(" \n-")):
            yield page.at(heading.line), f"'{heading.words}' starts with '{' '.join(start.split()[:4])}'"


@page_rule(note="N18", path="P13", resource="S13")
def tone_is_calm(page: Page, corpus: Corpus) -> Iterator[Spot]:
    """No exclamation mark ends a sentence; there is no emoji and no filler phrase."""
    for where, _ in page.find(EXCLAMATION, page.plain_words):
        yield where, "an exclamation mark ends the sentence"
    for where, match in page.find(EMOJI, page.plain_words):
        yield where, f"there is an emoji: {match[0]}"
    for where, match in page.find(FILLER, page.plain_words):
        yield where, f"'{match[0]}' is filler or points elsewhere; name the thing"


@page_rule(note="N20", path="P14", resource="S14")
def headings_are_not_deep(page: Page, corpus: Corpus) -> Iterator[Spot]:
    """No heading is deeper than ###."""
    for heading in page.headings:
        if heading.level > 3:
            yield page.at(heading.line), f"'{heading.words}' is a heading of level {heading.level}"


@page_rule(resource="S15")
def listed_concepts_are_linked(page: Page, corpus: Corpus) -> Iterator[Spot]:
    """A summary links every concept that resources.yaml lists for its resource."""
    listed = {concept for resource in corpus.resources if resource.id == page.stem for concept in resource.concepts}
    for concept in sorted(listed - page.linked):
        yield page.where, f"resources.yaml lists {concept}, but the summary has no [[{concept}]]"


@rule("N21")
def quizzes_ask_for_objectives_that_exist(corpus: Corpus) -> Iterator[Spot]:
    """The objective of a quiz item is the number of an objective of the note."""
    for quiz, item in corpus.items:
        note = corpus.notes.get(quiz.stem)
        if note and item["objective"] not in range(1, len(note.values("objectives")) + 1):
            yield quiz.where, f"{item.id}: the note has no objective {item['objective']!r}"


def misplaced(where: str, folder: str, concept_id: str, corpus: Corpus) -> Iterator[Spot]:
    """A file named for an unknown concept, or in the folder of another step."""
    if concept_id not in corpus.graph:
        yield where, f"there is no concept {concept_id} in concepts.yaml"
        return
    step = corpus.graph.step(corpus.graph[concept_id].step)
    if folder != step.id:
        yield where, f"the file belongs in the folder {step.id}"


def sections_wanted(page: Page) -> dict[str, Lengths]:
    """The sections of a page in order, with the least and the most words of each."""
    match page.kind:
        case "note":
            return NOTE_SECTIONS
        case "path":
            return _plan_of_path_note(page)[0]
        case "resource":
            return SUMMARY_SECTIONS


def words_wanted(page: Page) -> Lengths:
    """The least and the most words of a whole page."""
    match page.kind:
        case "note":
            return 0, 930
        case "path":
            return _plan_of_path_note(page)[1]
        case "resource":
            return 200, 480


def _plan_of_path_note(page: Page) -> tuple[dict[str, Lengths], Lengths]:
    """The sections of a path note with their lengths, and the length of the whole."""
    if page.stem == WHOLE_PATH:
        return WHOLE_PATH_SECTIONS, (700, 1100)
    if STEP_OVERVIEW.fullmatch(page.stem):
        return STEP_SECTIONS, (450, 800)
    return ABOUT_SECTIONS if page.stem == ABOUT else CHOICE_SECTIONS, (300, 700)


def _named_parts(page: Page, what: str, least: int) -> Iterator[Spot]:
    if len(page.anchors) < least:
        yield page.where, f"there are {len(page.anchors)} {what}s '### ... {{#anchor}}', want {least} or more"
    for heading, _ in page.named_parts:
        if heading.anchor is None:
            yield page.at(heading.line), f"'{heading.words}' has no {{#kebab-id}}"
    for anchor, count in Counter(page.anchors).items():
        if count > 1:
            yield page.where, f"the anchor {anchor} is used {count} times"
