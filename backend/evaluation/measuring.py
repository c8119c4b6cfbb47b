"""One run of `stepwise eval`: a tutor on the served index, with learner state that is thrown away afterwards."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from backend.evaluation.figures import Figure
from backend.evaluation.questions import LabelledQuestion, read_questions
from backend.evaluation.retrieval import evaluate_ranking, read_foreign_corpus
from backend.evaluation.speed import evaluate_speed
from backend.evaluation.suites import Evaluation, Suite, evaluate
from backend.evaluation.support import evaluate_support, read_rewordings
from backend.main import create_tutor
from backend.settings import BackendSettings
from backend.tutoring.answer import Mode
from backend.tutoring.turn import Tutor
from ingest.embedding import Embedding
from ingest.settings import IngestSettings

QUESTIONS_FOLDER = Path(__file__).parent.parent.parent / "tests" / "questions"
_SHIPPED = ("in_scope.jsonl", "out_of_scope.jsonl", "conversations.jsonl")


def measured(
    suites: Sequence[Suite], files: Sequence[Path] | None, settings: BackendSettings, ingest: IngestSettings, mode: Mode
) -> Evaluation:
    """The figures of the suites on the questions of some files, by default on those of this checkout.

    Raises:
        BadRequest: A file cannot be read.
        NotReady: There is no index.
    """
    if not suites:
        return Evaluation(snapshot="", figures=[], items=[])
    asked = _wanted(suites, [question for file in files or _shipped() for question in read_questions(file)])
    with _tutor(settings, ingest, mode) as tutor:
        report = evaluate(tutor, asked, suites, mode)
        if "answers" in suites and not files:
            rewordings = read_rewordings(QUESTIONS_FOLDER / "rewordings.jsonl")
            report.figures += evaluate_support(tutor.served.current(), tutor.embedding, rewordings)
    return report


def measured_speed(files: Sequence[Path] | None, ingest: IngestSettings) -> list[Figure]:
    """How fast the questions of some files are answered over HTTP, by default those that the notes answer."""
    questions = [it.question for file in files or _shipped()[:1] for it in read_questions(file) if it.question]
    return evaluate_speed(questions, ingest)


def measured_ranking(folder: Path, ingest: IngestSettings) -> list[Figure]:
    """How well passages of a foreign corpus are found; raises BadRequest if the folder is none."""
    return evaluate_ranking(read_foreign_corpus(folder), Embedding(cache=ingest.home / "models"))


def _shipped() -> list[Path]:
    return [QUESTIONS_FOLDER / name for name in _SHIPPED]


def _wanted(suites: Sequence[Suite], questions: Sequence[LabelledQuestion]) -> list[LabelledQuestion]:
    """Only what a suite looks at, so that one suite alone is quick."""
    needs_questions = not {"steps", "scope"}.isdisjoint(suites)
    return [
        question
        for question in questions
        if ("followups" in suites if question.turns else needs_questions or bool(question.nuggets))
    ]


@contextmanager
def _tutor(settings: BackendSettings, ingest: IngestSettings, mode: Mode) -> Iterator[Tutor]:
    """A tutor whose conversations are forgotten; without a language model unless the mode asks for one."""
    with TemporaryDirectory() as folder:
        changes: dict[str, object] = {"database_url": f"sqlite:///{folder}/learners.db"}
        if mode == "quote":
            changes["model"] = "none"
        with create_tutor(settings.model_copy(update=changes), ingest) as tutor:
            yield tutor
