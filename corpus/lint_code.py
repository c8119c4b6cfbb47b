"""Runs the code of the corpus: each script in a process and a folder of its own, many at a time, remembered by content.

Knows processes and the cache. Does not know where a script comes from or what it should print. On Linux the processes
are forks of one that has loaded the libraries (`corpus.lint_worker`), which spares each script their import.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import lru_cache, partial
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from queue import Queue
from typing import Self

from corpus import lint_worker
from corpus.lint_worker import RAN_TOO_LONG

SECONDS_ALLOWED = 60
FEWEST_TO_FORK = 20 if sys.platform == "linux" else sys.maxsize
"""From how many scripts on it pays to load the libraries and fork. Elsewhere forks are missing or unsafe."""

PYTHON = (sys.executable, "-I", "-X", "utf8")
LIBRARIES = ("numpy", "pandas", "scikit-learn", "matplotlib", "torch", "transformers")
SURROUNDINGS = {
    "MPLBACKEND": "Agg",
    "OMP_NUM_THREADS": "1",
    "HF_HUB_OFFLINE": "1",
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    "PYTEST_ADDOPTS": "",
}


@dataclass(frozen=True)
class Script:
    """Python code, and the files (name, text) that must lie beside it when it runs."""

    code: str
    files: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Outcome:
    """How a script ended and what it printed. `returncode` is 124 if it ran too long."""

    returncode: int
    stdout: str
    stderr: str

    @property
    def is_success(self) -> bool:
        return self.returncode == 0

    @property
    def printed(self) -> str:
        return self.stdout.strip()

    @property
    def last_words(self) -> str:
        """The last line on stderr, which names the exception."""
        return (self.stderr.strip().splitlines() or [f"it ended with exit code {self.returncode}"])[-1]


TOO_LONG = Outcome(RAN_TOO_LONG, "", "the script was stopped: it ran too long")


def run_scripts(scripts: Iterable[Script], cache: Path | None = None) -> dict[Script, Outcome]:
    """The outcome of each script, from the cache where the same code succeeded under the same versions before."""
    different = list(dict.fromkeys(scripts))
    outcomes = {script: outcome for script in different if (outcome := _remembered(script, cache))}
    others = [script for script in different if script not in outcomes]
    with _Runners(use_forks=len(others) >= FEWEST_TO_FORK) as runners, ThreadPoolExecutor(runners.count) as pool:
        outcomes |= zip(others, pool.map(partial(_run, runners=runners, cache=cache), others), strict=True)
    return outcomes


def _remembered(script: Script, cache: Path | None) -> Outcome | None:
    file = cache and cache / f"{_key(script)}.json"
    return Outcome(**json.loads(file.read_text(encoding="utf-8"))) if file and file.exists() else None


def _run(script: Script, runners: "_Runners", cache: Path | None) -> Outcome:
    """A failure is never remembered: it may come from a missing package or a busy machine."""
    outcome = runners.run(script)
    if cache and outcome.is_success:
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=cache, delete=False, encoding="utf-8") as unfinished:
            json.dump(asdict(outcome), unfinished)
        Path(unfinished.name).replace(cache / f"{_key(script)}.json")
    return outcome


class _Runners:
    """Worker processes, started when first needed. A context manager that ends them."""

    def __init__(self, use_forks: bool) -> None:
        self.count = os.cpu_count() or 1
        self._use_forks = use_forks
        self._idle: Queue[subprocess.Popen[str] | None] = Queue()
        self._started: list[subprocess.Popen[str]] = []
        for _ in range(self.count):
            self._idle.put(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._started:
            worker.communicate()

    def run(self, script: Script) -> Outcome:
        with tempfile.TemporaryDirectory(prefix="stepwise-lint-") as folder:
            for name, text in script.files:
                (Path(folder) / name).write_text(text, encoding="utf-8")
            return self._in_fork(script.code, folder) if self._use_forks else _in_new_process(script.code, folder)

    def _in_fork(self, code: str, folder: str) -> Outcome:
        worker = self._idle.get() or self._start()
        assert worker.stdin
        assert worker.stdout
        job = {"code": code, "folder": folder, "seconds": SECONDS_ALLOWED}
        try:
            worker.stdin.write(json.dumps(job) + "\n")
            worker.stdin.flush()
            answer = worker.stdout.readline()
        except BrokenPipeError:
            answer = ""
        self._idle.put(worker if answer else None)
        if not answer:
            return Outcome(1, "", "the process that runs the scripts came to an end")
        outcome = Outcome(**json.loads(answer))
        return TOO_LONG if outcome.returncode == RAN_TOO_LONG else outcome

    def _start(self) -> subprocess.Popen[str]:
        worker = subprocess.Popen(
            [*PYTHON, lint_worker.__file__],
            env={**os.environ, **SURROUNDINGS},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        self._started.append(worker)
        return worker


def _in_new_process(code: str, folder: str) -> Outcome:
    try:
        run = subprocess.run(
            [*PYTHON, "-c", code],
            cwd=folder,
            env={**os.environ, **SURROUNDINGS},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=SECONDS_ALLOWED,
        )
    except subprocess.TimeoutExpired:
        return TOO_LONG
    return Outcome(run.returncode, run.stdout, run.stderr)


def _key(script: Script) -> str:
    return sha256(json.dumps([script.code, script.files, *_versions()]).encode()).hexdigest()


@lru_cache
def _versions() -> tuple[str, ...]:
    return (platform.python_version(), *map(_version, LIBRARIES))


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "missing"
