"""Checks a freshly built index, in a process of its own: `python -m ingest.probe FOLDER`.

Every passage must have the vector that was computed for it, and be found by it. Exits with 1 and one line on stderr
where that does not hold; a segfault of the index shows as the exit status. Opens only a copy, since Chroma writes while
it reads.
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path

import numpy as np

from ingest.index import PassageIndex
from ingest.snapshots import CHROMA_FOLDER, PASSAGE_VECTORS_FILE, PASSAGES_FILE

_SAME = 0.999


def main() -> None:
    try:
        fault = _fault(Path(sys.argv[1]))
    # Chroma, SQLite and the file system each have errors of their own for a broken index; all mean the same here.
    except Exception as error:
        fault = f"it cannot be read: {' '.join(str(error).split())}"
    if fault:
        sys.exit(fault)


def _fault(folder: Path) -> str | None:
    with (folder / PASSAGES_FILE).open(encoding="utf-8") as file:
        expected = [json.loads(line)["id"] for line in file]
    vectors = dict(zip(expected, np.load(folder / PASSAGE_VECTORS_FILE, allow_pickle=False), strict=True))
    with tempfile.TemporaryDirectory(prefix="stepwise-probe-") as copy:
        shutil.copytree(folder / CHROMA_FOLDER, copy, dirs_exist_ok=True)
        index = PassageIndex(Path(copy))
        stored = index.vectors()
        if sorted(stored) != sorted(expected):
            return f"it holds {len(stored.keys() & vectors.keys())} of {len(expected)} passages"
        changed = [id_ for id_, vector in vectors.items() if float(stored[id_] @ vector) < _SAME]
        lost = [id_ for id_, vector in vectors.items() if index.nearest(vector, 1)[0].cosine < _SAME]
        index.close()
    if changed or lost:
        return f"{len({*changed, *lost})} of {len(expected)} passages are not found by their own vector"
    return None


if __name__ == "__main__":
    main()
