"""Runs the code of the corpus: each script in a process and a folder of its own, many at a time, remembered by content.

Knows processes and the cache. Does not know where a script comes from or what it should print.
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

SECONDS_ALLOWED = 60
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


def run_scripts(scripts: Iterable[Script], cache: Path | None = None) -> dict[Script, Outcome]:
    """The outcome of each script, from the cache where the same code succeeded under the same versions before."""
    if cache is not None:
        cache.mkdir(parents=True, exist_ok=True)
    different = list(dict.fromkeys(scripts))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(different, pool.map(partial(_outcome, cache=cache), different), strict=True))


def _outcome(script: Script, cache: Path | None) -> Outcome:
    """A failure is never remembered: it may come from a missing package or a busy machine."""
    if cache is None:
        return _run(script)
    remembered = cache / f"{_key(script)}.json"
    if remembered.exists():
        return Outcome(**json.loads(remembered.read_text(encoding="utf-8")))
    outcome = _run(script)
    if outcome.is_success:
        with tempfile.NamedTemporaryFile("w", dir=cache, delete=False, encoding="utf-8") as unfinished:
            json.dump(asdict(outcome), unfinished)
        Path(unfinished.name).replace(remembered)
    return outcome


def _run(script: Script) -> Outcome:
    with tempfile.TemporaryDirectory(prefix="stepwise-lint-") as scratch:
        for name, text in script.files:
            (Path(scratch) / name).write_text(text, encoding="utf-8")
        try:
            run = subprocess.run(
                [sys.executable, "-I", "-X", "utf8", "-c", script.code],
                cwd=scratch,
                env={**os.environ, **SURROUNDINGS},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                timeout=SECONDS_ALLOWED,
            )
        except subprocess.TimeoutExpired:
            return Outcome(124, "", f"it ran longer than {SECONDS_ALLOWED} s")
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
