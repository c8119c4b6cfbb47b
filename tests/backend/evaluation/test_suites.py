"""Whole turns on questions with known answers: what is counted, and what the command says."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from backend.evaluation.questions import LabelledQuestion, Nugget
from backend.evaluation.suites import SUITES, Evaluation, evaluate
from backend.tutoring.turn import Tutor
from ingest.settings import IngestSettings
from tests.backend.conftest import MakeTutor

RIGHT = LabelledQuestion(
    id="a",
    question="What is gradient descent?",
    step=4,
    concepts=["gradient-descent"],
    nuggets=[
        Nugget(text="stepwise", any_of=["small steps?", "step by step"]),
        Nugget(text="not", any_of=["xyz"]),
    ],
)
WRONG = LabelledQuestion(id="b", question="What is gradient descent?", step=1, concepts=["sets"])
FAR = LabelledQuestion(id="c", question="what is the best pizza in Rome", kind="far")
FOLLOW_UP = LabelledQuestion(
    id="d", turns=["What is gradient descent?", "give me an example of it"], concepts=["gradient-descent"]
)
NEW_TOPIC = LabelledQuestion(
    id="e", turns=["What is gradient descent?", "How do I look up a key in a dictionary?"], concepts=["dictionaries"]
).model_copy(update={"kind": "new topic"})


@pytest.fixture
def tutor(tutor_with: MakeTutor) -> Tutor:
    return tutor_with()


def figures_of(evaluation: Evaluation, half: str = "all") -> dict[str, float]:
    return {f"{it.suite} {it.name}": it.value for it in evaluation.figures if it.half == half}


def test_shares_are_of_the_questions_they_speak_of(tutor: Tutor) -> None:
    evaluation = evaluate(tutor, [RIGHT, WRONG, FAR, FOLLOW_UP, NEW_TOPIC], SUITES)
    assert figures_of(evaluation) == {
        "steps right concept first": 0.5,
        "steps right concept among three": 0.5,
        "steps right step": 0.5,
        "scope wrongly refused": 0.0,
        "scope refused, far": 1.0,
        "answers vital facts found": 0.5,
        "answers citations that verify": 1.0,
        "followups right concept among three": 1.0,
        "followups new topic, right concept": 1.0,
        "followups new topic, nothing added": 1.0,
    }
    counts = {f"{it.suite} {it.name}": it.items for it in evaluation.figures if it.half == "all"}
    assert (counts["steps right step"], counts["scope refused, far"], counts["answers vital facts found"]) == (2, 1, 2)
    assert evaluation.items[0].found[0] == "gradient-descent"
    assert evaluation.items[0].facts == {"stepwise": True, "not": False}


def test_a_refused_question_has_found_nothing(tutor: Tutor) -> None:
    lost = LabelledQuestion(id="x", question=FAR.question, step=4, concepts=["gradient-descent"])
    figures = figures_of(evaluate(tutor, [lost], ["steps", "scope"]))
    assert figures["scope wrongly refused"] == 1
    assert figures["steps right concept among three"] == figures["steps right step"] == 0


def test_a_citation_whose_words_are_not_there_does_not_verify(tutor: Tutor, monkeypatch: pytest.MonkeyPatch) -> None:
    from backend.tutoring import compose

    real = compose.sha256
    monkeypatch.setattr(compose, "sha256", lambda text: real(text + " "))
    evaluation = evaluate(tutor, [RIGHT], ["answers"])
    assert figures_of(evaluation)["answers citations that verify"] == 0


def test_only_the_suites_asked_for_are_counted(tutor: Tutor) -> None:
    assert {figure.suite for figure in evaluate(tutor, [RIGHT, FAR], ["scope"]).figures} == {"scope"}


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


def test_ranking_needs_a_folder(own_home: IngestSettings) -> None:
    done = run(own_home, "retrieval")
    assert done.returncode == 2
    assert "--corpus" in done.stderr


def test_the_figures_can_be_written_as_a_page(own_home: IngestSettings, tmp_path: Path) -> None:
    questions, page = tmp_path / "questions.jsonl", tmp_path / "page.md"
    questions.write_text(f"{RIGHT.model_dump_json()}\n")
    done = run(own_home, "steps", "--questions", str(questions), "--report", str(page))
    assert done.returncode == 0, done.stderr
    assert "| right step | 1 | 1.000 [1.000, 1.000] |" in page.read_text()
