"""Every rule of the linter: a tiny corpus is clean, and breaking one thing in it breaks the rule that says so."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from corpus import lint_code, lint_graph
from corpus.concept_graph import ConceptGraph
from corpus.content import Concept, Step
from corpus.lint import Report, lint
from corpus.lint_code import Outcome, Script, run_scripts
from corpus.lint_prose import faults_of_maths, prose, sentences
from corpus.lint_quizzes import near_duplicates
from corpus.lint_registry import all_rules
from corpus.reader import CORPUS_FOLDER

SENTENCE = "A list keeps its values in the order of their arrival.\n"
SAID_TWICE = SENTENCE * 2

CONCEPTS = "concepts.yaml"
RESOURCES = "resources.yaml"
NOTE = "notes/python-basics/lists.md"
STEP = "notes/path/step-1-overview.md"
CHOICE = "notes/path/lists-or-tuples.md"
PATH = "notes/path/whole-path.md"
SUMMARY = "resources/python-tutorial.md"
QUIZ = "quizzes/python-basics/lists.yaml"
ASKED = "asked/python-basics/lists.yaml"
ASKED_OF_SUMMARY = "asked/resources/python-tutorial.yaml"
EXERCISE = "exercises/lists/count-values"
TASK = f"{EXERCISE}/task.md"

LETTERS = "abcdefgh"
QUESTIONS = [f"why is list {letter} odd" for letter in LETTERS]
DOUBTS = "".join(f"### What about doubt {name}? {{#doubt-{name}}}\n\n{SENTENCE * 4}\n" for name in "abc")

FILES = {
    CONCEPTS: """
steps:
- step: 1
  id: python-basics
  title: Python basics
  concepts:
  - id: lists
    name: Lists
    prerequisites: []
    aliases: [list methods]
""",
    RESOURCES: """
resources:
- id: python-tutorial
  concepts: [lists]
""",
    NOTE: f"""---
concept: lists
summary: A list keeps values in order.
objectives:
  - Say what a list is.
  - Build a list.
  - Count the values of a list.
minutes: 10
difficulty: 1
resources: [python-tutorial]
reviewed: 2026-11-22
---

# Lists

## Idea

{SENTENCE * 7}
## How it works

{SENTENCE * 12}
The value `values[["a"]]` costs $x_1$ of the length, or a price of \\$5.

$$\\frac{{1}}{{2}} \\begin{{pmatrix}} 1 & 2 \\end{{pmatrix}}$$

## Worked example

{SENTENCE * 5}
## In code

A list has a length, as in `[[1, 2]]`.

```python
values = [[1, 2], [3]]
print(len(values))
```

```text output
2
```

## Common mistakes

### A list has one value {{#one-value}}

{SAID_TWICE}
### A list is a number {{#is-a-number}}

{SAID_TWICE}
### A list has no order {{#no-order}}

{SAID_TWICE}
## Where next

Read about [[lists]] again, and then write down what you remember.
""",
    STEP: f"""---
path: step-1-overview
title: Python basics
step: 1
summary: Step 1 teaches Python.
minutes: 5
reviewed: 2026-11-22
---

# Python basics

## What this step is for

{SENTENCE * 8}
## What to study, in order

1. Study [[lists]] first.

{SENTENCE * 10}
## How long it takes

{SENTENCE * 6}
## What to skip at first

{SENTENCE * 5}
## When you are done

{SENTENCE * 7}
## Common doubts

{DOUBTS}""",
    CHOICE: f"""---
path: lists-or-tuples
title: Lists or tuples first
summary: Lists come before tuples.
minutes: 3
reviewed: 2026-11-22
---

# Lists or tuples first

## The short answer

{SENTENCE * 4}
## What speaks for each

{SENTENCE * 8}
## How to choose

{SENTENCE * 8}
## Common doubts

{DOUBTS}""",
    PATH: f"""---
path: whole-path
title: The whole path
summary: The path has six steps.
minutes: 7
reviewed: 2026-11-22
---

# The whole path

## The six steps

{SENTENCE * 10}
## The order and why

{SENTENCE * 10}
## What you need

{SENTENCE * 10}
## How much mathematics

{SENTENCE * 10}
## How to study each week

{SENTENCE * 10}
## When to move on

{SENTENCE * 10}
## Common doubts

{DOUBTS}### What about doubt d? {{#doubt-d}}

{SAID_TWICE}
### What about doubt e? {{#doubt-e}}

{SAID_TWICE}""",
    ASKED: yaml.safe_dump({"concept": "lists", "asked": QUESTIONS}),
    ASKED_OF_SUMMARY: yaml.safe_dump({"resource": "python-tutorial", "asked": ["is it free", "who", "how", "for me?"]}),
    **{
        f"asked/path/{page}.yaml": yaml.safe_dump(
            {"path": page, "asked": [f"{page} {letter}" for letter in "abcdefgh"]}
        )
        for page in ("step-1-overview", "lists-or-tuples", "whole-path")
    },
    SUMMARY: f"""---
resource: python-tutorial
summary: The Python Tutorial teaches Python.
reviewed: 2026-11-22
---

# The Python Tutorial

## What it is

{SENTENCE * 4}
## Who it is for

{SENTENCE * 3}
## What it covers

- The Python Tutorial covers [[lists]].

## How to study it with this tutor

{SENTENCE * 4}
## Before and after

{SENTENCE * 4}
## What it leaves out

{SENTENCE * 3}""",
    QUIZ: """
concept: lists
items:
  - id: lists-1
    kind: single-choice
    level: recall
    objective: 1
    prompt: What does a list keep?
    choices:
      - text: Values in order
        correct: true
        why: A list has an order.
      - text: Values without order
        correct: false
        why: A set does that.
        misconception: no-order
      - text: One value
        correct: false
        why: A list may have many.
        misconception: one-value
  - id: lists-2
    kind: multiple-choice
    level: apply
    objective: 2
    prompt: Which of these build a list with $n$ values?
    choices:
      - text: "[1, 2]"
        correct: true
        why: Brackets build a list.
      - text: "{1, 2}"
        correct: false
        why: Braces build a set.
      - text: "(1, 2)"
        correct: false
        why: Parentheses build a tuple.
  - id: lists-3
    kind: numeric
    level: apply
    objective: 3
    prompt: How long is the list of the numbers 4, 5 and 6?
    answer: 3
    tolerance: 0
    why: It has three values.
    misconception: is-a-number
  - id: lists-4
    kind: code-output
    level: analyse
    objective: 3
    prompt: What does this code print?
    code: print(len([4, 5]))
    answer: "2"
    why: There are two values.
  - id: lists-5
    kind: short-answer
    level: analyse
    objective: 1
    prompt: Why would you choose a list over a set?
    answer: A list keeps the order.
    rubric:
      - names the order
      - names a use
""",
    TASK: """---
concept: lists
title: Count the values
level: apply
minutes: 5
misconception: one-value
hints:
  - Which function knows a length?
  - Call it with the list.
  - Return what it gives.
---
Write `count(values)`.
""",
    f"{EXERCISE}/starter.py": "def count(values):\n    raise NotImplementedError\n",
    f"{EXERCISE}/solution.py": "def count(values):\n    return len(values)\n",
    f"{EXERCISE}/misconception.py": "def count(values):\n    return 1\n",
    f"{EXERCISE}/test_exercise.py": (
        "from submission import count\n\n\ndef test_every_value_counts():\n    assert count([4, 5]) == 2\n"
    ),
}


@dataclass(frozen=True)
class TinyCorpus:
    """A corpus of one concept that breaks no rule, until something in it is changed."""

    folder: Path
    cache: Path

    def write(self, file: str, text: str) -> None:
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def change(self, file: str, old: str, new: str) -> None:
        text = (self.folder / file).read_text(encoding="utf-8")
        assert old in text
        self.write(file, text.replace(old, new, 1))

    def move(self, file: str, to: str) -> None:
        (self.folder / to).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / file).rename(self.folder / to)

    def delete(self, file: str) -> None:
        (self.folder / file).unlink()

    def lint(self) -> Report:
        return lint(self.folder, self.cache)

    def findings(self, rule: str) -> list[str]:
        return [f"{finding.where} {finding.what}" for finding in self.lint().findings if finding.rule == rule]

    def broken_rules(self) -> set[str]:
        return {finding.rule for finding in self.lint().findings}


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lint")


@pytest.fixture
def tiny(tmp_path: Path, cache: Path) -> TinyCorpus:
    corpus = TinyCorpus(tmp_path, cache)
    for file, text in FILES.items():
        corpus.write(file, text)
    return corpus


def test_a_corpus_that_breaks_no_rule_is_clean(tiny: TinyCorpus) -> None:
    report = tiny.lint()
    assert [str(finding) for finding in report.findings] == []
    assert not report.has_errors
    assert report.summary == (
        "1 concepts, 1 resources, 1 notes, 3 path notes, 1 resource summaries, 5 quiz items, 1 exercises; "
        "0 errors, 0 warnings"
    )


def test_the_shipped_corpus_has_no_error() -> None:
    report = lint(CORPUS_FOLDER, CORPUS_FOLDER.parent / ".stepwise" / "lint")
    assert [str(finding) for finding in report.findings if finding.level == "error"] == []


def test_every_rule_has_a_test() -> None:
    """Each rule id stands in this file beside the thing that breaks it."""
    text = Path(__file__).read_text(encoding="utf-8")
    assert [rule.id for rule in all_rules() if f'"{rule.id}"' not in text] == []


def test_a_warning_is_no_error(tiny: TinyCorpus) -> None:
    tiny.change(NOTE, SENTENCE, f"A list keeps {'one and ' * 40}one value.\n")
    report = tiny.lint()
    assert not report.has_errors
    assert report.summary.endswith("0 errors, 1 warnings")


@pytest.mark.parametrize("file", [CONCEPTS, RESOURCES, NOTE, STEP, SUMMARY, QUIZ, ASKED, TASK])
@pytest.mark.parametrize(
    "text",
    [
        "",
        "no front matter",
        "---\nconcept: [\n---\n\n# Title\n",
        "items: [1, 2]",
        "steps: 3\nresources: 4\n",
        "a: b: c",
    ],
)
def test_a_file_that_cannot_be_read_is_a_finding_and_the_other_rules_go_on(
    tiny: TinyCorpus, file: str, text: str
) -> None:
    tiny.change(PATH, SENTENCE, "Read https://example.org today.\n")
    tiny.write(file, text)
    report = tiny.lint()
    assert ("F1", file) in {(finding.rule, finding.where) for finding in report.findings}
    assert "P8" in {finding.rule for finding in report.findings}


@pytest.mark.parametrize("odd", [None, "", 3, [], [{}], {"a": []}])
def test_a_value_of_an_odd_kind_is_a_finding_and_no_crash(tiny: TinyCorpus, odd: object) -> None:
    for file in (NOTE, STEP, SUMMARY, TASK):
        _, front_matter, body = FILES[file].split("---\n", 2)
        tiny.write(file, f"---\n{yaml.safe_dump(dict.fromkeys(yaml.safe_load(front_matter), odd))}---\n{body}")
    quiz = yaml.safe_load(FILES[QUIZ])
    for item in quiz["items"]:
        item |= dict.fromkeys(set(item) - {"id", "choices"}, odd)
        for choice in item.get("choices", ()):
            choice |= dict.fromkeys(choice, odd)
    for item in quiz["items"][3:]:
        item["kind"] = "code-output"
    tiny.write(QUIZ, yaml.safe_dump(quiz))
    assert {"N1", "P1", "S1", "Q2", "Q4", "Q6", "Q8", "E3", "E4"} <= tiny.broken_rules()


def test_a_file_that_is_not_utf_8_is_a_finding(tiny: TinyCorpus) -> None:
    (tiny.folder / NOTE).write_bytes(b"---\nconcept: lists\n---\n\xff\n")
    assert "F1" in tiny.broken_rules()


def test_a_missing_concepts_file_is_a_finding(tiny: TinyCorpus) -> None:
    tiny.delete(CONCEPTS)
    assert "F1" in tiny.broken_rules()


ANOTHER = "  - {{id: {id}, name: {name}, prerequisites: [{prerequisites}]}}\n"


def another(id: str, name: str = "Another", prerequisites: str = "") -> str:
    return ANOTHER.format(id=id, name=name, prerequisites=prerequisites)


@pytest.mark.parametrize(
    ("rule", "concepts"),
    [
        pytest.param("G1", another("lists"), id="a concept id is used twice"),
        pytest.param("G2", another("Tuple_Basics"), id="an id is not kebab-case"),
        pytest.param("G3", another("tuples", prerequisites="sets"), id="a prerequisite is unknown"),
        pytest.param("G3", another("tuples", prerequisites="sets") + another("sets", "Sets"), id="it is listed later"),
        pytest.param("G3", another("tuples", prerequisites="tuples"), id="a concept needs itself"),
        pytest.param(
            "G4",
            another("tuples", "Tuples", "lists") + another("sets", "Sets", "tuples, lists"),
            id="a prerequisite is implied by another",
        ),
        pytest.param("G5", another("tuples", "List Methods"), id="a name is an alias of another concept"),
        pytest.param("G5", another("tuples", "Tuples, in_text: lists"), id="two concepts read alike in a sentence"),
        pytest.param("V2", another("tuples"), id="a concept has no note"),
    ],
)
def test_the_concept_graph_is_sound(tiny: TinyCorpus, rule: str, concepts: str) -> None:
    text = FILES[CONCEPTS] + concepts
    tiny.write(CONCEPTS, text)
    assert rule in tiny.broken_rules()


def test_ids_of_resources_are_unique(tiny: TinyCorpus) -> None:
    tiny.write(RESOURCES, FILES[RESOURCES] + "- id: python-tutorial\n  concepts: []\n")
    assert "G1" in tiny.broken_rules()


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        pytest.param("R1", "[lists]", "[lists, tuples]", id="a resource names an unknown concept"),
        pytest.param("R3", "[lists]", "[]", id="no resource names a concept that has a note"),
        pytest.param("V3", "[lists]", "[lists]\n- id: kaggle\n  concepts: []", id="a resource has no summary"),
    ],
)
def test_resources_fit_the_graph(tiny: TinyCorpus, rule: str, old: str, new: str) -> None:
    tiny.change(RESOURCES, old, new)
    assert rule in tiny.broken_rules()


def test_a_note_has_a_quiz(tiny: TinyCorpus) -> None:
    tiny.delete(QUIZ)
    assert "V1" in tiny.broken_rules()


def test_a_quiz_has_a_note(tiny: TinyCorpus) -> None:
    tiny.delete(NOTE)
    assert "V1" in tiny.broken_rules()


def test_only_the_first_five_concepts_without_note_are_named(tiny: TinyCorpus) -> None:
    tiny.write(CONCEPTS, FILES[CONCEPTS] + "".join(another(f"c{n}", f"Name {n}") for n in range(7)))
    assert tiny.findings("V2") == ["notes 7 of 8 concepts have no note: c0, c1, c2, c3, c4, ..."]


@pytest.mark.parametrize(("file", "old", "new"), [(NOTE, "arrival", "arival"), (QUIZ, "Parentheses", "Parenteses")])
def test_a_misspelled_word_is_found(tiny: TinyCorpus, file: str, old: str, new: str) -> None:
    tiny.change(file, old, new)
    assert "L1" in tiny.broken_rules()


def test_a_missing_codespell_says_how_to_install_it(tiny: TinyCorpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lint_graph, "find_codespell", lambda: None)
    assert "pip install codespell" in tiny.findings("L1")[0]


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        pytest.param("N1", "difficulty: 1\n", "", id="a key of the front matter is missing"),
        pytest.param("N1", "difficulty: 1", "difficulty: 6", id="the difficulty is over 5"),
        pytest.param("N1", "- Build a list.", "- Build: a list.", id="an objective with a colon is not quoted"),
        pytest.param("N1", "2026-11-22", "soon", id="the review has no date"),
        pytest.param("N2", "concept: lists", "concept: sets", id="the concept is not the file name"),
        pytest.param("N3", "in order.\n", f"in order{' and order' * 20}.\n", id="the summary is over 160 characters"),
        pytest.param("N4", "  - Build a list.\n", "", id="there are two objectives"),
        pytest.param("N5", "[python-tutorial]", "[kaggle]", id="a resource is unknown"),
        pytest.param("N6", "## Idea", "## The idea", id="a section has another name"),
        pytest.param("N6", "# Lists\n", "\n", id="there is no title"),
        pytest.param("N7", SENTENCE * 7, SAID_TWICE, id="a section is too short"),
        pytest.param("N7", SENTENCE * 7, SENTENCE * 20, id="a section is too long"),
        pytest.param("N8", "[[lists]]", "[[tuples]]", id="a link goes nowhere"),
        pytest.param("N8", "[[lists]]", "[[Lists and more]]", id="a link is not an id"),
        pytest.param("N9", SENTENCE, "Read https://example.org first.\n", id="there is a URL in the text"),
        pytest.param("N11", "### A list has no order {#no-order}\n", "", id="there are two misconceptions"),
        pytest.param("N11", " {#no-order}", "", id="a misconception has no anchor"),
        pytest.param("N11", "{#no-order}", "{#one-value}", id="two misconceptions have one anchor"),
        pytest.param("N13", SENTENCE, f"A list keeps {'one and ' * 20}one value.\n", id="a sentence is over 32 words"),
        pytest.param("N14", "$x_1$", "$x_1", id="a dollar sign has no partner"),
        pytest.param("N14", "\\end{pmatrix}$$", "\\end{pmatrix}", id="two dollar signs have no partner"),
        pytest.param("N14", "$x_1$", "$x_{1$", id="a brace has no partner"),
        pytest.param("N14", "$x_1$", "$\\label{a} x$", id="KaTeX does not know a command"),
        pytest.param("N14", "{pmatrix} 1 & 2 \\end{pmatrix}", "{tabular} 1 \\end{tabular}", id="nor an environment"),
        pytest.param("N14", "\\end{pmatrix}", "", id="an environment does not end"),
        pytest.param("N15", "len(values)", "len(value)", id="the code fails"),
        pytest.param("N15", "```python", "```py", id="a code block has an unknown mark"),
        pytest.param("N16", "output\n2", "output\n3", id="the code prints something else"),
        pytest.param("N16", "```python", "```python no-run", id="nothing runs that could print"),
        pytest.param("N17", f"## Idea\n\n{SENTENCE}", "## Idea\n\nIt keeps values.\n", id="a section starts with it"),
        pytest.param("N17", "{#no-order}\n\nA list", "{#no-order}\n\nThis", id="a misconception starts with this"),
        pytest.param("N18", "arrival.", "arrival!", id="a sentence ends with an exclamation mark"),
        pytest.param("N18", "arrival.", "arrival \U0001f600.", id="there is an emoji"),
        pytest.param("N18", SENTENCE, "Let's dive in.\n", id="there is a filler phrase"),
        pytest.param("N19", SENTENCE * 12, SENTENCE * 90, id="the note has over 930 words"),
        pytest.param("N20", "### A list has no order", "#### A list has no order", id="a heading is deeper than three"),
        pytest.param(
            "N21", "  - Count the values of a list.\n", "", id="a quiz asks for an objective that is not there"
        ),
    ],
)
def test_a_note_keeps_the_rules(tiny: TinyCorpus, rule: str, old: str, new: str) -> None:
    tiny.change(NOTE, old, new)
    assert rule in tiny.broken_rules()


def test_a_note_lies_in_the_folder_of_its_step(tiny: TinyCorpus) -> None:
    tiny.move(NOTE, "notes/basic-maths/lists.md")
    assert "N2" in tiny.broken_rules()


def test_a_note_on_an_unknown_concept_is_found(tiny: TinyCorpus) -> None:
    tiny.write("notes/python-basics/tuples.md", FILES[NOTE].replace("concept: lists", "concept: tuples"))
    assert "N2" in tiny.broken_rules()


def test_a_term_of_a_later_concept_is_linked(tiny: TinyCorpus) -> None:
    tiny.write(CONCEPTS, FILES[CONCEPTS] + another("sets", "Set operations", "lists"))
    tiny.change(NOTE, SENTENCE, "A list has no set operations.\n")
    assert "N10" in tiny.broken_rules()
    tiny.change(NOTE, "[[lists]]", "[[sets]]")
    assert "N10" not in tiny.broken_rules()


HARD = "Organisational considerations necessitate comprehensive interdisciplinary understanding.\n"


@pytest.mark.parametrize(("rule", "file"), [("N12", NOTE), ("P9", STEP), ("P9", PATH), ("S9", SUMMARY)])
def test_a_page_that_is_hard_to_read_is_found(tiny: TinyCorpus, rule: str, file: str) -> None:
    tiny.write(file, FILES[file].replace(SENTENCE, HARD))
    assert rule in tiny.broken_rules()


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        pytest.param("P1", "minutes: 5\n", "", id="a key of the front matter is missing"),
        pytest.param("P1", "step: 1\n", "step: 7\n", id="the step is over 6"),
        pytest.param("P2", "path: step-1-overview", "path: step-2", id="the path is not the file name"),
        pytest.param("P3", "teaches Python", f"teaches{' Python' * 30}", id="the summary is over 160 characters"),
        pytest.param("P4", "## What to skip at first", "## What to skip", id="a section has another name"),
        pytest.param("P5", SENTENCE * 8, SAID_TWICE, id="a section is too short"),
        pytest.param("P6", SENTENCE * 10, SENTENCE * 60, id="the page is too long"),
        pytest.param("P7", "[[lists]]", "[[tuples]]", id="a link goes nowhere"),
        pytest.param("P8", SENTENCE, "Read https://example.org first.\n", id="there is a URL in the text"),
        pytest.param("P10", SENTENCE, f"A list keeps {'one and ' * 20}one value.\n", id="a sentence is over 32 words"),
        pytest.param("P11", SENTENCE, "A list costs $5.\n", id="a dollar sign has no partner"),
        pytest.param("P12", "{#doubt-a}\n\nA list", "{#doubt-a}\n\nThat", id="a doubt starts with that"),
        pytest.param("P13", "arrival.", "arrival!", id="a sentence ends with an exclamation mark"),
        pytest.param("P14", "### What about doubt a", "#### What about doubt a", id="a heading is deeper than three"),
        pytest.param("P15", " {#doubt-a}", "", id="a doubt has no anchor"),
        pytest.param("P15", "{#doubt-a}\n\n" + SENTENCE * 4, "{#doubt-a}\n\n" + SENTENCE, id="a doubt is too short"),
    ],
)
def test_a_path_note_keeps_the_rules(tiny: TinyCorpus, rule: str, old: str, new: str) -> None:
    tiny.change(STEP, old, new)
    assert rule in tiny.broken_rules()


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        pytest.param("P4", "## The short answer", "## In short", id="a section has another name"),
        pytest.param("P5", SENTENCE * 8, SAID_TWICE, id="a section is too short"),
        pytest.param("P6", SENTENCE * 8, SENTENCE * 50, id="the page is too long"),
        pytest.param("P15", " {#doubt-a}", "", id="a doubt has no anchor"),
    ],
)
def test_a_path_note_on_a_choice_has_sections_of_its_own(tiny: TinyCorpus, rule: str, old: str, new: str) -> None:
    tiny.change(CHOICE, old, new)
    assert rule in tiny.broken_rules()


def test_the_whole_path_has_five_doubts(tiny: TinyCorpus) -> None:
    tiny.change(PATH, f"### What about doubt e? {{#doubt-e}}\n\n{SAID_TWICE}", "")
    assert "P15" in tiny.broken_rules()


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        pytest.param("S1", "reviewed: 2026-11-22\n", "", id="a key of the front matter is missing"),
        pytest.param("S2", "resource: python-tutorial", "resource: kaggle", id="the resource is not the file name"),
        pytest.param("S3", "teaches Python", f"teaches{' Python' * 30}", id="the summary is over 160 characters"),
        pytest.param("S4", "## Who it is for", "## Whom it is for", id="a section has another name"),
        pytest.param("S5", SENTENCE * 3, SENTENCE, id="a section is too short"),
        pytest.param("S6", SENTENCE * 4, SENTENCE * 50, id="the summary page is too long"),
        pytest.param("S7", "[[lists]]", "[[tuples]]", id="a link goes nowhere"),
        pytest.param("S8", SENTENCE, "Read https://example.org first.\n", id="there is a URL in the text"),
        pytest.param("S10", SENTENCE, f"A list keeps {'one and ' * 20}one value.\n", id="a sentence is over 32 words"),
        pytest.param("S11", SENTENCE, "The Python Tutorial costs $5.\n", id="a dollar sign has no partner"),
        pytest.param("S12", f"it is\n\n{SENTENCE}", "it is\n\nThey teach.\n", id="a section starts with they"),
        pytest.param("S13", "arrival.", "arrival!", id="a sentence ends with an exclamation mark"),
        pytest.param("S14", "## Before and after", "#### Before and after", id="a heading is deeper than three"),
        pytest.param("S15", "[[lists]]", "lists", id="a listed concept is not linked"),
    ],
)
def test_a_resource_summary_keeps_the_rules(tiny: TinyCorpus, rule: str, old: str, new: str) -> None:
    tiny.change(SUMMARY, old, new)
    assert rule in tiny.broken_rules()


def test_a_summary_is_of_a_known_resource(tiny: TinyCorpus) -> None:
    tiny.write("resources/kaggle.md", FILES[SUMMARY].replace("resource: python-tutorial", "resource: kaggle"))
    assert "S2" in tiny.broken_rules()


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        pytest.param("A1", "concept: lists", "concept: tuples", id="the concept is not the file name"),
        pytest.param("A2", "- why is list h odd\n", "", id="there are seven questions"),
        pytest.param("A2", "asked:", "asking:", id="there are no questions"),
        pytest.param("A2", "why is list h odd", "7", id="a question is no text"),
        pytest.param("A3", "why is list h odd", "Why is list a odd?", id="a question is asked twice"),
    ],
)
def test_questions_of_learners_keep_the_rules(tiny: TinyCorpus, rule: str, old: str, new: str) -> None:
    tiny.change(ASKED, old, new)
    assert rule in tiny.broken_rules()


@pytest.mark.parametrize("file", [ASKED, ASKED_OF_SUMMARY, "asked/path/whole-path.yaml"])
def test_a_page_without_questions_is_a_finding(tiny: TinyCorpus, file: str) -> None:
    tiny.delete(file)
    assert [found.split()[0] for found in tiny.findings("A2")] == [file]


def test_learners_may_misspell(tiny: TinyCorpus) -> None:
    tiny.change(ASKED, "why is list h odd", "wich list seperates teh values")
    assert tiny.broken_rules() == set()


@pytest.mark.parametrize(
    ("file", "key"),
    [
        ("asked/python-basics/kaggle.yaml", "concept"),
        ("asked/resources/kaggle.yaml", "resource"),
        ("asked/path/kaggle.yaml", "path"),
    ],
)
def test_questions_for_an_unknown_page_are_a_finding(tiny: TinyCorpus, file: str, key: str) -> None:
    tiny.write(file, f"{key}: kaggle\nasked: [one]\n")
    assert "A1" in tiny.broken_rules()


LAST_ITEMS = FILES[QUIZ][FILES[QUIZ].index("  - id: lists-4") :]


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        pytest.param("Q1", LAST_ITEMS, "", id="there are three items"),
        pytest.param("Q2", "level: recall", "level: analyse", id="there is no recall item"),
        pytest.param("Q2", "level: recall", "level: remember", id="a level is unknown"),
        pytest.param("Q3", "id: lists-2", "id: lists-1", id="an id is used twice"),
        pytest.param("Q3", "id: lists-2", "id: tuples-2", id="an id does not start with the concept"),
        pytest.param("Q4", "kind: numeric", "kind: number", id="a kind is unknown"),
        pytest.param("Q5", "correct: true", "correct: false", id="no single choice is right"),
        pytest.param("Q5", "Values without order\n        correct: false", "Bag\n        correct: true", id="two are"),
        pytest.param("Q5", '"[1, 2]"\n        correct: true', '"1"\n        correct: false', id="no choice is right"),
        pytest.param("Q5", "correct: true", "correct: perhaps", id="a choice is neither right nor wrong"),
        pytest.param("Q5", "text: One value", "text: 1.50", id="a choice is not text"),
        pytest.param("Q6", "        why: A set does that.\n", "", id="a choice has no why"),
        pytest.param("Q6", "    why: It has three values.\n", "", id="a number has no why"),
        pytest.param("Q6", "    why: There are two values.\n", "", id="a code output has no why"),
        pytest.param("Q7", "text: One value", "text: None of the above", id="a choice is none of the above"),
        pytest.param("Q8", "answer: 3\n", 'answer: "3"\n', id="a numeric answer is text"),
        pytest.param("Q8", "    tolerance: 0\n", "", id="a number has no tolerance"),
        pytest.param("Q8", "    answer: A list keeps the order.\n", "", id="a short answer is missing"),
        pytest.param("Q8", "- names a use", "- names: a use", id="a rubric point with a colon is not quoted"),
        pytest.param("Q8", 'answer: "2"', "answer: 2", id="a code output is not quoted"),
        pytest.param("Q8", "    prompt: What does a list keep?\n", "", id="there is no prompt"),
        pytest.param("Q9", "misconception: no-order", "misconception: disorder", id="the note has no such anchor"),
        pytest.param("Q10", "        misconception: no-order\n", "", id="a misconception is not tested"),
        pytest.param("Q12", 'answer: "2"', 'answer: "3"', id="the code prints something else"),
        pytest.param("Q12", "print(len([4, 5]))", "print(missing)", id="the code of an item fails"),
        pytest.param(
            "Q13",
            "Why would you choose a list over a set?",
            "How long is the list of the numbers 4, 5 and 6",
            id="two prompts have the same words",
        ),
        pytest.param(
            "Q16",
            "why: A list has an order.",
            "why: A list has an order.\n        misconception: no-order",
            id="a right choice names a misconception",
        ),
        pytest.param("Q14", "concept: lists", "concept: tuples", id="the concept is not the file name"),
        pytest.param("Q15", "$n$", "$n", id="a dollar sign has no partner"),
    ],
)
def test_a_quiz_keeps_the_rules(tiny: TinyCorpus, rule: str, old: str, new: str) -> None:
    tiny.change(QUIZ, old, new)
    assert rule in tiny.broken_rules()


def test_a_quiz_lies_in_the_folder_of_its_step(tiny: TinyCorpus) -> None:
    tiny.move(QUIZ, "quizzes/basic-maths/lists.yaml")
    assert "Q14" in tiny.broken_rules()


def test_a_choice_item_has_three_to_five_choices(tiny: TinyCorpus) -> None:
    start = FILES[QUIZ].index('      - text: "(1, 2)"')
    tiny.change(QUIZ, FILES[QUIZ][start : FILES[QUIZ].index("  - id: lists-3")], "")
    assert "Q5" in tiny.broken_rules()


def single_choice(number: int, right: str, place: int) -> dict[str, Any]:
    choices = [{"text": text, "correct": False, "why": "A reason."} for text in ("one", "two")]
    choices.insert(place, {"text": right, "correct": True, "why": "A reason."})
    return {"id": f"lists-{number}", "kind": "single-choice", "prompt": f"Question {number}?", "choices": choices}


@pytest.mark.parametrize(
    ("right", "place_of", "is_found"),
    [
        pytest.param("longer", lambda n: n % 3, True, id="the right choice is usually the longest"),
        pytest.param("on", lambda n: 0, True, id="the right choice is usually the first"),
        pytest.param("on", lambda n: n % 3, False, id="the right choice gives nothing away"),
    ],
)
def test_right_choices_do_not_show(
    tiny: TinyCorpus, right: str, place_of: Callable[[int], int], is_found: bool
) -> None:
    quiz = yaml.safe_load(FILES[QUIZ])
    quiz["items"] += [single_choice(number, right, place_of(number)) for number in range(10, 40)]
    tiny.write(QUIZ, yaml.safe_dump(quiz))
    assert ("Q11" in tiny.broken_rules()) == is_found


def test_the_same_words_with_other_code_are_another_question(tiny: TinyCorpus) -> None:
    other = LAST_ITEMS[: LAST_ITEMS.index("  - id: lists-5")].replace("lists-4", "lists-6")
    tiny.write(QUIZ, FILES[QUIZ] + other.replace("print(len([4, 5]))", "print(sum(n for n in (1, 1)))"))
    assert "Q13" not in tiny.broken_rules()
    tiny.write(QUIZ, FILES[QUIZ] + other)
    assert "Q13" in tiny.broken_rules()


@pytest.mark.parametrize(
    ("rule", "file", "old", "new"),
    [
        pytest.param("E1", "solution.py", "len(values)", "0", id="the solution fails"),
        pytest.param("E1", "solution.py", "def count", "def tally", id="the solution lacks the function"),
        pytest.param("E2", "starter.py", "raise NotImplementedError", "return 2", id="the starter passes"),
        pytest.param("E3", "task.md", "  - Return what it gives.\n", "", id="there are two hints"),
        pytest.param("E3", "task.md", "- Call it with", "- Call: it with", id="a hint with a colon is not quoted"),
        pytest.param("E4", "misconception.py", "return 1", "return 2", id="the misconception passes"),
        pytest.param("E4", "misconception.py", "return 1", "return (", id="the misconception does not run"),
        pytest.param("E4", "task.md", "misconception: one-value", "misconception: odd", id="no note has the anchor"),
        pytest.param("E5", "task.md", "level: apply\n", "", id="a key of the front matter is missing"),
        pytest.param("E5", "task.md", "concept: lists", "concept: tuples", id="the concept is unknown"),
    ],
)
def test_an_exercise_keeps_the_rules(tiny: TinyCorpus, rule: str, file: str, old: str, new: str) -> None:
    tiny.change(f"{EXERCISE}/{file}", old, new)
    assert rule in tiny.broken_rules()


@pytest.mark.parametrize(
    ("rule", "file"),
    [("E1", "solution.py"), ("E1", "test_exercise.py"), ("E2", "starter.py"), ("E4", "misconception.py")],
)
def test_an_exercise_has_all_its_files(tiny: TinyCorpus, rule: str, file: str) -> None:
    tiny.delete(f"{EXERCISE}/{file}")
    assert f"there is no {file}" in " ".join(tiny.findings(rule))


def test_a_corpus_without_exercises_is_clean(tiny: TinyCorpus) -> None:
    for path in (tiny.folder / EXERCISE).iterdir():
        path.unlink()
    assert tiny.broken_rules() == set()


def test_code_that_succeeded_is_not_run_again(tmp_path: Path) -> None:
    clock = Script("import time; print(time.perf_counter_ns())")
    first = run_scripts([clock], tmp_path)
    assert run_scripts([clock], tmp_path) == first
    assert run_scripts([clock]) != first


def test_code_that_failed_is_run_again(tmp_path: Path) -> None:
    failing = Script("import time; raise ValueError(time.perf_counter_ns())")
    first = run_scripts([failing], tmp_path)[failing]
    second = run_scripts([failing], tmp_path)[failing]
    assert first.last_words.startswith("ValueError: ")
    assert first.last_words != second.last_words


@pytest.fixture(params=[pytest.param(False, id="new process"), pytest.param(True, id="fork")])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Scripts run in forks on Linux, and in new processes elsewhere."""
    if request.param and not hasattr(os, "fork"):
        pytest.skip("there are no forks here")
    monkeypatch.setattr(lint_code, "FEWEST_TO_FORK", 0 if request.param else sys.maxsize)


@pytest.mark.usefixtures("way")
def test_code_that_runs_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lint_code, "SECONDS_ALLOWED", 0.3)
    endless = Script("while True: pass")
    assert run_scripts([endless])[endless] == Outcome(124, "", "the script was stopped: it ran too long")


@pytest.mark.usefixtures("way")
def test_code_runs_in_a_folder_of_its_own_beside_its_files() -> None:
    script = Script("import os; print(sorted(os.listdir()), open('a.txt').read())", (("a.txt", "hello"),))
    assert run_scripts([script])[script].printed == "['a.txt'] hello"


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize(
    ("code", "returncode"),
    [
        ("print('done')", 0),
        ("import sys; sys.exit()", 0),
        ("import sys; sys.exit(3)", 3),
        ("raise SystemExit('no')", 1),
        ("[][0]", 1),
        ("1 +", 1),
        ("import os; os.kill(os.getpid(), 9)", -9),
        ("raise KeyboardInterrupt", (1, -2)),
    ],
)
def test_an_outcome_says_how_the_code_ended(code: str, returncode: int | tuple[int, ...]) -> None:
    script = Script(code)
    assert run_scripts([script])[script].returncode in (returncode if isinstance(returncode, tuple) else (returncode,))


def test_code_that_ends_its_worker_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lint_code, "FEWEST_TO_FORK", 0)
    deadly = [Script(f"import os; os.kill(os.getppid(), 9)  # {number}") for number in range(3)]
    outcomes = run_scripts([*deadly, Script("print('alive')")])
    assert not any(outcomes[script].is_success for script in deadly)
    assert outcomes[Script("print('alive')")].printed == "alive"


@pytest.mark.usefixtures("way")
def test_code_sees_nothing_of_the_code_before_it() -> None:
    first = Script("import numpy, builtins; left = builtins.left = numpy.left = 1; print(__name__)")
    second = Script(
        "import numpy, builtins; print('left' in globals(), *(hasattr(m, 'left') for m in (numpy, builtins)))"
    )
    outcomes = run_scripts([first, second, Script("input()")])
    assert outcomes[first].printed == "__main__"
    assert outcomes[second].printed == "False False False"
    assert outcomes[Script("input()")].last_words == "EOFError: EOF when reading a line"


@pytest.mark.parametrize(
    "text", ["$a$ and $b$", "$$a\n\\\\{ b$$", "a price of \\$5", "$\\{a\\}$", "$\\left(a\\right)$"]
)
def test_a_formula_that_katex_knows_has_no_fault(text: str) -> None:
    assert list(faults_of_maths(text)) == (
        [] if "\\\\{" not in text else [(0, "the braces of $a \\\\{ b$ do not match")]
    )


def test_headings_and_list_items_are_sentences_of_their_own() -> None:
    text = "## A heading\nOne line\ngoes on. Another one.\n\n- an item\n- a second item\n"
    assert list(sentences(text, text)) == [
        (1, "One line goes on."),
        (2, "Another one."),
        (4, "an item"),
        (5, "a second item"),
    ]


@given(st.text(alphabet="ab$`#{}[]|-.\n\\ "))
def test_prose_keeps_the_lines_where_they_are(text: str) -> None:
    graph = ConceptGraph([Step(1, "s", "S")], [Concept("ab", "Ab", 1)])
    assert prose(text, graph).count("\n") == text.count("\n")
    list(sentences(text, prose(text, graph)))


@given(st.lists(st.frozensets(st.sampled_from("abcdefgh")), max_size=12))
def test_near_duplicates_are_those_that_comparing_all_pairs_finds(sets: list[frozenset[str]]) -> None:
    filled = [words for words in sets if words]
    expected = {
        (first, later)
        for first, later in combinations(range(len(filled)), 2)
        if len(filled[first] & filled[later]) >= 0.7 * len(filled[first] | filled[later])
    }
    assert set(near_duplicates(filled, 0.7)) == expected
