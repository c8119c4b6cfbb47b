"""One refresh in a process of its own, for tests that kill it or fill its disk.

    python -m tests.ingest.refreshing HOME CORPUS MODELS [--die-at MOMENT] [--full-at STAGE --file-bytes N] [--keep N]

A moment is a stage of the refresh ("writing"), or an audit event of Python with a part of its arguments
("os.rename /current."): just before it the process kills itself. A full disk is a limit on the size of a file. Prints
each stage, and at the end one line of JSON: the snapshot that it made, or the error.
"""

import argparse
import json
import os
import resource
import signal
import sys
from pathlib import Path
from typing import Any

from ingest.embedding import Embedding
from ingest.refresh import refresh
from ingest.settings import IngestSettings


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("home", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("models", type=Path)
    parser.add_argument("--die-at", default="")
    parser.add_argument("--full-at", default="")
    parser.add_argument("--file-bytes", type=int, default=0)
    parser.add_argument("--keep", type=int, default=3)
    arguments = parser.parse_args()
    last_event, _, detail = arguments.die_at.partition(" ")

    def on_event(event: str, details: tuple[Any, ...]) -> None:
        if event == last_event and detail in str(details):
            os.kill(os.getpid(), signal.SIGKILL)

    def on_progress(stage: str, done: int, total: int) -> None:
        say(stage)
        if stage == arguments.die_at:
            os.kill(os.getpid(), signal.SIGKILL)
        if stage == arguments.full_at:
            resource.setrlimit(resource.RLIMIT_FSIZE, (arguments.file_bytes, arguments.file_bytes))

    embedding = Embedding(cache=arguments.models)
    embedding.embed_one("Load the weights before the disk is full.")
    if detail:
        sys.addaudithook(on_event)
    on_progress("start", 0, 1)
    settings = IngestSettings(home=arguments.home, corpus=arguments.corpus, keep_snapshots=arguments.keep)
    try:
        say(json.dumps({"snapshot": refresh(settings, embedding, on_progress).snapshot}))
    except Exception as error:
        say(json.dumps({"error": type(error).__name__, "message": str(error)}))


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
