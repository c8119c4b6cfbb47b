"""A tutor in a process of its own, timed."""

from pathlib import Path

import psutil
import pytest

from backend.errors import TutorError
from backend.evaluation.speed import evaluate_speed
from ingest.settings import IngestSettings


def test_times_rate_and_memory_are_of_a_tutor_that_is_gone_afterwards(own_home: IngestSettings) -> None:
    before = {process.pid for process in psutil.process_iter()}
    figures = {figure.name: figure.value for figure in evaluate_speed(["What is a list?"], own_home)}
    p50, p95, rate, memory = figures.values()
    assert 0 < p50 <= p95
    assert rate > 0
    assert memory > 50
    left = [
        it for it in psutil.process_iter(["cmdline"]) if it.pid not in before and "serve" in (it.info["cmdline"] or ())
    ]
    assert left == []


def test_a_tutor_that_does_not_start_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.running._START_SECONDS", 8.0)
    with pytest.raises(TutorError, match="did not start: "):
        evaluate_speed(["What is a list?"], IngestSettings(home=tmp_path / "nothing"))
