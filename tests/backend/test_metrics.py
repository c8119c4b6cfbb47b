"""Counters of answers."""

import pytest

from backend.metrics import Metrics
from backend.tutoring.answer import Answer


def answer(engine: str, degraded: str | None = None) -> Answer:
    return Answer(
        conversation_id="c",
        snapshot="s",
        question="a secret question",
        standalone_question="a secret question",
        status="answered",
        engine=engine,
        degraded=degraded,
        timings_ms={"total": 200},
    )


@pytest.mark.parametrize(("engine", "label"), [("quote", "quote"), ("gpt-5", "model"), ("qwen", "model")])
def test_models_are_counted_together(engine: str, label: str) -> None:
    metrics = Metrics()
    metrics.count(answer(engine))
    labels = {"status": "answered", "engine": label, "degraded": "false"}
    assert metrics.registry.get_sample_value("stepwise_answers_total", labels) == 1


def test_seconds_are_observed() -> None:
    metrics = Metrics()
    metrics.count(answer("quote"))
    assert metrics.registry.get_sample_value("stepwise_answer_seconds_sum", {"engine": "quote"}) == 0.2


def test_reasons_are_counted_but_not_written_down() -> None:
    metrics = Metrics()
    metrics.count(answer("quote", degraded="The key sk-1 is wrong."))
    page = metrics.page().decode()
    assert 'degraded="true"' in page
    assert "sk-1" not in page
    assert "secret" not in page


def test_two_apps_in_one_process_do_not_mix() -> None:
    first, second = Metrics(), Metrics()
    first.count(answer("quote"))
    assert b"stepwise_answers_total{" not in second.page()
