"""How fast and how large a served tutor is: whole quote answers over HTTP, from a process of its own.

Knows clocks, ports and processes. Does not look at the answers, but that there is one.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path

import httpx2
import numpy as np
import psutil

from backend.evaluation.figures import Figure
from backend.running import wait_until_ready
from ingest.settings import IngestSettings

_WARM_UP, _ALONE, _AT_ONCE = 20, 200, 200
_CALLERS = 4


def evaluate_speed(questions: Sequence[str], ingest: IngestSettings) -> list[Figure]:
    """Milliseconds of a whole answer (p50, p95), answers a second of four callers, and memory in MB.

    Raises:
        TutorError: The tutor did not start.
    """
    asked = list(islice(cycle(questions), _WARM_UP + _ALONE + _AT_ONCE))
    with _served(ingest) as (client, process):

        def seconds(question: str) -> float:
            began = time.perf_counter()
            client.post("/api/v1/ask", json={"question": question, "mode": "quote"}).raise_for_status()
            return time.perf_counter() - began

        for question in asked[:_WARM_UP]:
            seconds(question)
        alone = [1000 * seconds(question) for question in asked[_WARM_UP : _WARM_UP + _ALONE]]
        began = time.perf_counter()
        with ThreadPoolExecutor(_CALLERS) as callers:
            list(callers.map(seconds, asked[-_AT_ONCE:]))
        rate = _AT_ONCE / (time.perf_counter() - began)
        memory = process.memory_info().rss / 2**20
    measured = {
        "whole quote answer, p50, ms": (float(np.percentile(alone, 50)), _ALONE),
        "whole quote answer, p95, ms": (float(np.percentile(alone, 95)), _ALONE),
        "quote answers a second": (rate, _AT_ONCE),
        "memory without a model, MB": (memory, 1),
    }
    return [
        Figure(suite="speed", name=name, half="all", items=items, value=value, low=value, high=value)
        for name, (value, items) in measured.items()
    ]


@contextmanager
def _served(ingest: IngestSettings) -> Iterator[tuple[httpx2.Client, psutil.Process]]:
    """A tutor without a model on a port of its own, ready to answer."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    surroundings = {
        **os.environ,
        "STEPWISE_HOME": str(ingest.home),
        "STEPWISE_CORPUS": str(ingest.corpus),
        "STEPWISE_MODEL": "none",
        "STEPWISE_PORT": str(port),
    }
    url = f"http://127.0.0.1:{port}"
    stepwise = Path(sys.executable).with_name("stepwise")
    with subprocess.Popen(
        [stepwise, "serve"], env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            wait_until_ready(url, has_ended=lambda: process.poll() is not None)
            with httpx2.Client(base_url=url, timeout=30) as client:
                yield client, psutil.Process(process.pid)
        finally:
            process.terminate()
