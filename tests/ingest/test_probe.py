import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from ingest.index import folder_hashes
from ingest.settings import IngestSettings
from ingest.snapshots import SnapshotStore

# Chroma keeps what was added in a queue in SQLite, from which it builds its graph.
FIRST_THREE = "seq_id IN (SELECT seq_id FROM embeddings_queue ORDER BY seq_id LIMIT 3)"


@pytest.fixture
def built(indexed: IngestSettings, tmp_path: Path) -> Path:
    """A copy of a good index, which a test may spoil."""
    folder = shutil.copytree(SnapshotStore(indexed.home).current().folder, tmp_path / "built")
    for path in folder.rglob("*.*"):
        path.chmod(0o644)
    return folder


def probe(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ingest.probe", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def spoil(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / "chroma" / "chroma.sqlite3")) as database, database:
        assert database.execute(statement).rowcount > 0


def test_a_good_index_passes_in_silence_and_stays_as_it_is(built: Path) -> None:
    before = folder_hashes(built)
    result = probe(built)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert folder_hashes(built) == before


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        (f"DELETE FROM embeddings_queue WHERE {FIRST_THREE}", "it cannot be read"),
        (f"UPDATE embeddings_queue SET vector = zeroblob(length(vector)) WHERE {FIRST_THREE}", "3 of .* not found"),
        (
            "UPDATE embeddings_queue SET vector = (SELECT vector FROM embeddings_queue LIMIT 1)",
            "not found by their own",
        ),
    ],
    ids=["deleted", "zeroed", "overwritten"],
)
def test_a_tampered_index_is_refused_in_one_line(built: Path, statement: str, reason: str) -> None:
    spoil(built, statement)
    check_refused(built, reason)


def test_a_passage_that_is_not_in_the_index_is_missed(built: Path) -> None:
    passages = built / "passages.jsonl"
    text = passages.read_text()
    count = text.count("\n")
    passages.write_text(text.replace('"id": "', '"id": "other', 1))
    check_refused(built, f"it holds {count - 1} of {count} passages")


def test_a_file_that_is_no_index_is_refused_in_one_line(built: Path) -> None:
    (built / "chroma" / "chroma.sqlite3").write_bytes(b"no database" * 100)
    check_refused(built, "it cannot be read: .*database")


def check_refused(folder: Path, reason: str) -> None:
    result = probe(folder)
    assert (result.returncode, result.stdout) == (1, "")
    (line,) = result.stderr.splitlines()
    assert re.search(reason, line)
