"""What many tests share: the real embedding, and a home whose index holds a part of the real corpus.

Everything here is real and offline: MiniLM, Chroma, SQLite. Fakes, for what is remote or must fail on cue, are in
`tests/fakes.py`.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from backend.main import create_app
from backend.settings import BackendSettings
from corpus.reader import CONCEPTS_FILE, CORPUS_FOLDER, RESOURCES_FILE
from ingest.embedding import Embedding
from ingest.refresh import refresh
from ingest.settings import IngestSettings
from ingest.snapshots import OpenSnapshot, SnapshotStore

# How long one example takes says more about the machine than about the code.
hypothesis.settings.register_profile("stepwise", deadline=None)
hypothesis.settings.load_profile("stepwise")

NOTES = (
    "python-basics/lists",
    "python-basics/dictionaries",
    "python-basics/comprehensions",
    "basic-maths/derivatives",
    "basic-maths/matrix-multiplication",
    "ml-developer-tools/broadcasting",
    "ml-developer-tools/groupby-and-aggregation",
    "ml-concepts/gradient-descent",
    "ml-concepts/overfitting-and-underfitting",
    "deep-learning/training-loop",
    "deep-learning/attention",
    "projects/kaggle-platform",
    "path/whole-path",
)
RESOURCES = ("machine-learning-specialization", "zero-to-hero")


def copy_corpus(target: Path, notes: tuple[str, ...] = NOTES, resources: tuple[str, ...] = RESOURCES) -> Path:
    """A small corpus: the whole graph, and some of the real notes with their quizzes."""
    wanted = [CONCEPTS_FILE, RESOURCES_FILE]
    wanted += [f"notes/{note}.md" for note in notes]
    beside = [note for note in notes if not note.startswith("path/")]
    wanted += [f"{kind}/{note}.yaml" for kind in ("asked", "quizzes") for note in beside]
    wanted += [f"resources/{resource}.md" for resource in resources]
    for name in wanted:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(CORPUS_FOLDER / name, target / name)
    (target / "quizzes").mkdir(exist_ok=True)
    return target


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """A developer's own `STEPWISE_…` variables must not change what is tested."""
    import os

    for name in [name for name in os.environ if name.startswith("STEPWISE_")]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the int8 form of the embedding is kept."""
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="session")
def embedding(models: Path) -> Embedding:
    """The real embedding, its int8 form made once."""
    return Embedding(cache=models)


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory, embedding: Embedding) -> IngestSettings:
    """A home with a real index of the small corpus. Do not refresh it: copy it with `own_home`."""
    folder = tmp_path_factory.mktemp("indexed")
    settings = IngestSettings(home=folder / "home", corpus=copy_corpus(folder / "corpus"))
    refresh(settings, embedding)
    return settings


@pytest.fixture
def own_home(indexed: IngestSettings, tmp_path: Path) -> IngestSettings:
    """A copy of the indexed home and its corpus that a test may change."""
    shutil.copytree(indexed.home, tmp_path / "home")
    shutil.copytree(indexed.corpus, tmp_path / "corpus")
    return IngestSettings(home=tmp_path / "home", corpus=tmp_path / "corpus")


@pytest.fixture
def snapshot(indexed: IngestSettings) -> Iterator[OpenSnapshot]:
    """The small corpus, open for searching."""
    with OpenSnapshot(SnapshotStore(indexed.home).current()) as opened:
        yield opened


@pytest.fixture
def quoting_app(own_home: IngestSettings, embedding: Embedding) -> FastAPI:
    """The app without a language model."""
    return create_app(BackendSettings(model="none"), own_home, embedding=embedding)


@pytest.fixture
def client(quoting_app: FastAPI) -> Iterator[TestClient]:
    """The app without a language model, started."""
    with TestClient(quoting_app) as started:
        yield started
