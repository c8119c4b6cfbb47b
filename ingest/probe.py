"""Checks a freshly built index, in a process of its own: `python -m ingest.probe FOLDER`.

Every passage must be found by its own vector. Exits with 1 and one line on stderr where that does not hold; a segfault
of the index shows as the exit status. Opens only a copy, since Chroma writes while it reads.
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path

from ingest.index import PassageIndex
from ingest.snapshots import CHROMA_FOLDER, PASSAGES_FILE

_SAME = 0.999


def main() -> None:
    folder = Path(sys.argv[1])
    with (folder / PASSAGES_FILE).open(encoding="utf-8") as file:
        expected = [json.loads(line)["id"] for line in file]
    with tempfile.TemporaryDirectory(prefix="stepwise-probe-") as copy:
        shutil.copytree(folder / CHROMA_FOLDER, copy, dirs_exist_ok=True)
        index = PassageIndex(Path(copy))
        vectors = index.vectors()
        if sorted(vectors) != sorted(expected):
            sys.exit(f"it holds {len(vectors)} of {len(expected)} passages")
        lost = [id_ for id_ in expected if index.nearest(vectors[id_], 1)[0].cosine < _SAME]
        index.close()
    if lost:
        sys.exit(f"{len(lost)} of {len(expected)} passages are not found by their own vector")


if __name__ == "__main__":
    main()
