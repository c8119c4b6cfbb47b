"""What works, what does not, and the exact command that mends it."""

import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from backend.local_model import ModelNotLoadable, check_memory, import_llama
from backend.model_files import QWEN_CODER
from backend.settings import BackendSettings
from ingest.embedding import Embedding, EmbeddingMissing
from ingest.settings import IngestSettings
from ingest.snapshots import SnapshotError, SnapshotStore


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `remedy` is empty where all is well; `is_needed` where nothing works without it."""

    what: str
    is_well: bool
    remedy: str = ""
    is_needed: bool = True


def examine(settings: BackendSettings, ingest: IngestSettings) -> Iterator[Finding]:
    """Look at everything that the tutor rests on, in the order in which it is needed."""
    yield _python()
    yield _embedding()
    yield _index(ingest)
    yield from _model(settings, ingest)
    yield _page()
    for name, port in (("API", settings.port), ("page", settings.page_port)):
        yield _port(name, settings.host, port)


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen there now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _python() -> Finding:
    found = sys.version.split()[0]
    return Finding(f"Python {found}", sys.version_info >= (3, 11), "install Python 3.11 or newer")


def _embedding() -> Finding:
    try:
        folder = Embedding().folder
    except EmbeddingMissing as error:
        return Finding("embedding model", False, str(error))
    return Finding(f"embedding model in {folder}", True)


def _index(ingest: IngestSettings) -> Finding:
    try:
        snapshot = SnapshotStore(ingest.home).current()
        snapshot.check_seal()
    except SnapshotError as error:
        return Finding("index", False, str(error))
    return Finding(f"index {snapshot.id} with {snapshot.manifest.counts['passages']} passages", True)


def _model(settings: BackendSettings, ingest: IngestSettings) -> Iterator[Finding]:
    if settings.model != "local":
        yield Finding(f"language model: {settings.model}", True)
        return
    file = settings.model_file or ingest.home / "models" / QWEN_CODER.name
    yield Finding(f"language model {file.name}", file.exists(), "run `stepwise model pull`", is_needed=False)
    size = file.stat().st_size if file.exists() else QWEN_CODER.size
    checks: dict[str, Callable[[], object]] = {
        "memory for the language model": lambda: check_memory(size),
        "llama.cpp": import_llama,
    }
    for what, check in checks.items():
        try:
            check()
        except ModelNotLoadable as error:
            yield Finding(what, False, str(error), is_needed=False)
        else:
            yield Finding(what, True)


def _page() -> Finding:
    try:
        return Finding(f"page (streamlit {version('streamlit')})", True)
    except PackageNotFoundError:
        return Finding("page", False, "run `pip install streamlit`", is_needed=False)


def _port(name: str, host: str, port: int) -> Finding:
    what = f"port {port} for the {name}"
    remedy = "something listens there: is the tutor running already? Otherwise choose another port"
    return Finding(what, is_free(host, port), remedy, is_needed=False)
