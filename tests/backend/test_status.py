"""What is served, what the corpus holds, and which model explains."""

from pathlib import Path

import pytest

from backend.model_files import QWEN_CODER
from backend.settings import BackendSettings
from backend.status import Status, status_of
from corpus.reader import read_concept_graph, read_quizzes, read_resources
from ingest.settings import IngestSettings
from ingest.snapshots import SnapshotStore
from tests.conftest import NOTES, RESOURCES


def status(ingest: IngestSettings, **settings: object) -> Status:
    return status_of(BackendSettings.model_validate({"model": "none", **settings}), ingest)


def test_it_tells_what_is_served(own_home: IngestSettings) -> None:
    report = status(own_home)
    snapshot = SnapshotStore(own_home.home).current()
    assert (report.snapshot, report.counts, report.snapshots) == (snapshot.id, snapshot.manifest.counts, [snapshot.id])
    assert snapshot.id in report.as_text()
    assert f"{snapshot.manifest.counts['passages']} passages" in report.as_text()


def test_it_tells_how_much_of_the_curriculum_is_written(own_home: IngestSettings) -> None:
    coverage = status(own_home).coverage
    notes = [note for note in NOTES if not note.startswith("path/")]
    assert (coverage.notes, coverage.concepts) == (len(notes), len(read_concept_graph()))
    assert (coverage.resource_summaries, coverage.resources) == (len(RESOURCES), len(read_resources()))
    assert coverage.path_notes == len(NOTES) - len(notes)
    assert coverage.quiz_items == sum(map(len, read_quizzes(own_home.corpus).values()))
    assert f"{len(notes)} of {coverage.concepts} notes" in status(own_home).as_text()


def test_without_an_index_it_names_the_command(own_home: IngestSettings, tmp_path: Path) -> None:
    report = status(IngestSettings(home=tmp_path / "empty", corpus=own_home.corpus))
    assert (report.snapshot, report.created, report.counts, report.snapshots) == (None, None, {}, [])
    assert "none: run `stepwise refresh`" in report.as_text()


@pytest.mark.parametrize("is_here", [True, False])
def test_it_tells_whether_the_local_model_is_here(own_home: IngestSettings, is_here: bool) -> None:
    file = own_home.home / "models" / QWEN_CODER.name
    if is_here:
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"x")
    report = status(own_home, model="local")
    assert report.model_file == (str(file) if is_here else "not here: `stepwise model pull`")
    assert str(report.model_file) in report.as_text()


def test_a_remote_model_has_no_file(own_home: IngestSettings) -> None:
    assert status(own_home, model="openai:gpt-5").model_file is None


def test_no_key_is_told(own_home: IngestSettings) -> None:
    report = status(own_home, model="openai:gpt-5", model_key="sk-very-secret")
    assert "sk-very-secret" not in report.as_text() + report.model_dump_json()
