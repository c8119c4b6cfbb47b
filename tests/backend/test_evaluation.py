"""Questions with known answers: what is read, what is counted, and what the command says."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from backend.errors import BadRequest
from backend.evaluation import SUITES, Evaluation, LabelledQuestion, evaluate, read_questions
from corpus.reader import read_concept_graph
from ingest.embedding import Embedding
from ingest.settings import IngestSettings
from ingest.snapshots import OpenSnapshot

SHIPPED = Path(__file__).parent.parent / "questions"
RIGHT = LabelledQuestion(id="a", question="What is gradient descent?", step=4, concepts=["gradient-descent"])
WRONG = LabelledQuestion(id="b", question="What is gradient descent?", step=1, concepts=["sets"])
FAR = LabelledQuestion(id="c", question="what is the best pizza in Rome", kind="far")


def figures_of(evaluation: Evaluation, half: str = "all") -> dict[str, float]:
    return {figure.name: figure.value for figure in evaluation.figures if figure.half == half}


def test_shares_are_of_the_questions_they_speak_of(snapshot: OpenSnapshot, embedding: Embedding) -> None:
    evaluation = evaluate(snapshot, embedding, [RIGHT, WRONG, FAR], SUITES)
    assert figures_of(evaluation) == {
        "right concept first": 0.5,
        "right concept among three": 0.5,
        "right step": 0.5,
        "wrongly refused": 0.0,
        "refused, far": 1.0,
    }
    assert {figure.questions for figure in evaluation.figures if figure.half == "all"} == {1, 2}
    assert evaluation.items[0].found[0] == "gradient-descent"


def test_an_interval_holds_its_share_and_is_the_same_each_time(snapshot: OpenSnapshot, embedding: Embedding) -> None:
    first, again = (evaluate(snapshot, embedding, [RIGHT, WRONG, FAR], SUITES) for _ in range(2))
    assert first == again
    assert all(figure.low <= figure.value <= figure.high for figure in first.figures)
    assert any(figure.low < figure.high for figure in first.figures)


def test_only_the_suites_asked_for_are_counted(snapshot: OpenSnapshot, embedding: Embedding) -> None:
    evaluation = evaluate(snapshot, embedding, [RIGHT, FAR], ["scope"])
    assert {figure.suite for figure in evaluation.figures} == {"scope"}


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


def run(settings: IngestSettings, *arguments: str) -> subprocess.CompletedProcess[str]:
    import os

    stepwise = Path(sys.executable).with_name("stepwise")
    surroundings = {**os.environ, "STEPWISE_HOME": str(settings.home), "STEPWISE_CORPUS": str(settings.corpus)}
    return subprocess.run(
        [stepwise, "eval", *arguments], env=surroundings, capture_output=True, text=True, timeout=120, check=False
    )


def test_the_command_prints_figures_and_writes_every_item(own_home: IngestSettings, tmp_path: Path) -> None:
    questions, report = tmp_path / "questions.jsonl", tmp_path / "report.json"
    questions.write_text("".join(f"{question.model_dump_json()}\n" for question in (RIGHT, FAR)))
    done = run(own_home, "steps", "--questions", str(questions), "--json", str(report))
    assert done.returncode == 0, done.stderr
    assert "right concept first" in done.stdout
    assert "refused, far" not in done.stdout
    written = json.loads(report.read_text())
    assert [item["id"] for item in written["items"]] == ["a", "c"]
    assert written["figures"][0]["value"] == 1.0


def test_an_unknown_suite_is_refused_with_the_known_ones(own_home: IngestSettings) -> None:
    done = run(own_home, "speling")
    assert done.returncode == 2
    assert "steps, scope" in done.stderr


def test_a_bad_file_is_one_line_on_stderr(own_home: IngestSettings, tmp_path: Path) -> None:
    done = run(own_home, "--questions", str(tmp_path / "none.jsonl"))
    assert done.returncode == 1
    assert done.stderr.count("\n") <= 2
    assert "cannot be read" in done.stderr
