"""Starts the tutor and its page as two processes, and stops them together."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx2

from backend.doctor import is_free
from backend.errors import TutorError
from backend.settings import BackendSettings
from corpus.reader import CORPUS_FOLDER

_PAGE = CORPUS_FOLDER.parent / "frontend" / "app.py"
_START_SECONDS = 120


@dataclass
class Processes:
    """What was started, by name. Leaving the block stops all of it."""

    running: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    def start(self, name: str, command: list[str], environment: dict[str, str]) -> None:
        """Start one; what it prints on stdout is dropped (the addresses are printed here), stderr is shown."""
        self.running[name] = subprocess.Popen(
            command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL
        )

    def first_ended(self) -> str | None:
        """The name of a process that has ended by itself, if any."""
        return next((name for name, process in self.running.items() if process.poll() is not None), None)

    def __enter__(self) -> "Processes":
        return self

    def __exit__(self, *_: object) -> None:
        for process in self.running.values():
            process.terminate()
        for process in self.running.values():
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def backend_command(settings: BackendSettings) -> list[str]:
    uvicorn = [sys.executable, "-m", "uvicorn", "--factory", "backend.main:create_app"]
    return [
        *uvicorn,
        *("--host", settings.host),
        *("--port", str(settings.port)),
        *("--log-level", "warning"),
        "--no-access-log",
    ]


def page_command(settings: BackendSettings) -> list[str]:
    return [
        *(sys.executable, "-m", "streamlit", "run", str(_PAGE)),
        *("--server.address", settings.host),
        *("--server.port", str(settings.page_port)),
        *("--server.headless", "true"),
        *("--browser.gatherUsageStats", "false"),
        *("--client.toolbarMode", "minimal"),
        *("--server.fileWatcherType", "none"),
        *("--logger.level", "warning"),
    ]


def check_ports(host: str, **ports: int) -> None:
    """Refuse to start where something listens already.

    Raises:
        TutorError: A port is taken; the message says which and how to choose another.
    """
    for option, port in ports.items():
        if not is_free(host, port):
            raise TutorError(
                f"Port {port} is in use: stop what listens there, or choose another with --{option.replace('_', '-')} "
                f"(STEPWISE_{option.upper()})."
            )


def wait_until_ready(url: str, has_ended: Callable[[], bool]) -> dict[str, Any]:
    """What `/readyz` says once a question can be answered.

    Raises:
        TutorError: The backend ended, or did not become ready in time.
    """
    end = time.monotonic() + _START_SECONDS
    reason = "it does not answer"
    while time.monotonic() < end and not has_ended():
        try:
            response = httpx2.get(f"{url}/readyz", timeout=5)
        except httpx2.HTTPError:
            time.sleep(0.3)
            continue
        if response.status_code == httpx2.codes.OK:
            body: dict[str, Any] = response.json()
            return body
        reason = response.json().get("detail", reason)
        time.sleep(0.5)
    raise TutorError(f"The tutor did not start: {reason}. Run `stepwise doctor`.")
