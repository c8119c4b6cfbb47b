"""Files of questions: what is read, what is refused, and what the shipped ones hold."""

import json
import re
from pathlib import Path

import pytest

from backend.errors import BadRequest
from backend.evaluation.measuring import QUESTIONS_FOLDER as SHIPPED
from backend.evaluation.questions import LabelledQuestion, read_questions
from corpus.concept_graph import ConceptGraph
from corpus.reader import CORPUS_FOLDER, read_concept_graph

RIGHT = LabelledQuestion(id="a", question="What is gradient descent?", step=4, concepts=["gradient-descent"])


def test_the_halves_share_no_question_and_are_about_equal() -> None:
    halves = [question.half for question in read_questions(SHIPPED / "in_scope.jsonl")]
    assert len(halves) == 300
    assert 0.4 < halves.count("tune") / 300 < 0.6


def test_the_shipped_questions_name_concepts_of_their_step() -> None:
    graph = read_concept_graph()
    questions = read_questions(SHIPPED / "in_scope.jsonl")
    assert all(concept in graph for question in questions for concept in question.concepts)
    assert all(graph[question.concepts[0]].step == question.step for question in questions)
    counts = [sum(question.step == step for question in questions) for step in range(1, 7)]
    assert counts == [50] * 6


def test_half_of_the_shipped_questions_do_not_name_their_concept() -> None:
    graph = read_concept_graph()
    questions = read_questions(SHIPPED / "in_scope.jsonl")
    naming = [graph[question.concepts[0]] in graph.named_in(question.question) for question in questions]
    assert sum(naming) <= 150


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "line 2: line: Invalid JSON"),
        ('{"id": "x"}', "line 2: question: Field required"),
        ('{"id": "x", "question": "y", "nuggets": [{"text": "z", "any_of": ["("]}]}', "'\\(' is no regular expression"),
        ('{"id": "x", "question": "why", "step": "four"}', "line 2: step: Input should be a valid integer"),
    ],
)
def test_a_line_that_is_no_question_is_named(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(f"{RIGHT.model_dump_json()}\n{line}\n")
    with pytest.raises(BadRequest, match=message):
        read_questions(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match=r"nothing\.jsonl cannot be read .* --questions"):
        read_questions(tmp_path / "nothing.jsonl")


def test_the_shipped_facts_are_not_in_their_own_questions() -> None:
    asked = [question for question in read_questions(SHIPPED / "in_scope.jsonl") if question.nuggets]
    assert len(asked) == 120
    assert not [nugget.text for it in asked for nugget in it.nuggets if nugget.is_in(it.question)]


def test_the_shipped_rewordings_are_of_sentences_of_the_notes() -> None:
    rows = [json.loads(line) for line in (SHIPPED / "rewordings.jsonl").read_text().splitlines()]
    graph = read_concept_graph()
    pages = [path for folder in ("notes", "resources") for path in (CORPUS_FOLDER / folder).rglob("*.md")]
    notes = {path.stem: path.read_text() for path in pages}
    assert len(rows) == 300
    assert sum(_plain(row["sentence"], graph) in _plain(notes[row["document"]], graph) for row in rows) > 290
    assert all(len({row["sentence"], row["light"], row["heavy"], row["flip"]}) == 4 for row in rows)


def _plain(text: str, graph: ConceptGraph) -> str:
    """With the links of the notes as the reader shows them."""
    return re.sub(
        r"\[\[([a-z0-9-]+)\]\]", lambda link: graph[link[1]].name_in_text if link[1] in graph else link[1], text
    )
