"""One refresh in a process of its own, for tests that kill it, limit it or let it wait.

    python -m tests.ingest.refreshing HOME CORPUS [--die-at MOMENT] [--file-bytes N]

A moment is a stage of the refresh ("writing"), or an audit event of Python and its number ("os.rename 2"). Prints one
line of JSON: the snapshot that it made, or the error.
"""

import argparse
import hashlib
import json
import os
import resource
import signal
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ingest.embedding import DIMENSION, Embedding, Vectors
from ingest.refresh import refresh
from ingest.settings import IngestSettings


class HashEmbedding(Embedding):
    """Stands in where nothing is searched: a unit vector from the hash of a text, and no four seconds to load."""

    def __init__(self) -> None:
        self.embedded: list[str] = []

    @property
    def fingerprint(self) -> dict[str, str | int | bool]:
        return {"model": "hash", "dimension": DIMENSION}

    def embed(self, texts: Sequence[str], on_progress: Callable[[int], None] = lambda done: None) -> Vectors:
        self.embedded.extend(texts)
        vectors = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        for row, text in enumerate(texts):
            seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
            vectors[row] = np.random.default_rng(seed).normal(size=DIMENSION)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        on_progress(len(texts))
        return vectors


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_at_event(event: str, number: int) -> None:
    seen: Counter[str] = Counter()

    def watch(name: str, _: tuple[Any, ...]) -> None:
        seen[name] += 1
        if name == event and seen[name] == number:
            die()

    sys.addaudithook(watch)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("home", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--die-at", default="")
    parser.add_argument("--file-bytes", type=int)
    parser.add_argument("--full-at", default="")
    arguments = parser.parse_args()
    stage, _, number = arguments.die_at.partition(" ")
    if number:
        die_at_event(stage, int(number))

    def fill_disk():
        resource.setrlimit(resource.RLIMIT_FSIZE, (arguments.file_bytes, arguments.file_bytes))
    if arguments.file_bytes is not None and not arguments.full_at: fill_disk()

    def on_progress(name: str, done: int, total: int) -> None:
        if name == stage:
            die()
        if name == arguments.full_at: fill_disk()

    settings = IngestSettings(home=arguments.home, corpus=arguments.corpus)
    try:
        print(json.dumps({"snapshot": refresh(settings, HashEmbedding(), on_progress).snapshot}))
    except BaseException as error:
        print(json.dumps({"error": type(error).__name__, "message": str(error)}))


if __name__ == "__main__":
    main()
