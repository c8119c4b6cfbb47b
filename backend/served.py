"""The snapshot that is being served: opened once, swapped when the pointer names another.

Knows how to follow the pointer without mixing snapshots. Does not know what is asked of them.
"""

from threading import Lock

from backend.errors import NotReady
from ingest.embedding import Embedding
from ingest.snapshots import NoSnapshot, OpenSnapshot, Snapshot, SnapshotError, SnapshotStore


class ServedSnapshot:
    """Hands out the current snapshot. Who holds one keeps it for the whole turn, whatever happens to the pointer."""

    def __init__(self, store: SnapshotStore, embedding: Embedding) -> None:
        self.store = store
        self._embedding = embedding
        self._open: OpenSnapshot | None = None
        self._lock = Lock()

    def current(self) -> OpenSnapshot:
        """The snapshot to answer from.

        Raises:
            NotReady: There is none, it is broken, or another embedding made it. The message says how to mend it.
        """
        with self._lock:
            if self._open is None or self._open.id != self.store.current_id():
                self._open = self._opened()
            return self._open

    def _opened(self) -> OpenSnapshot:
        try:
            snapshot = self.store.current()
            self._check_embedding(snapshot)
            return OpenSnapshot(snapshot)
        except NoSnapshot as error:
            raise NotReady(str(error)) from error
        except SnapshotError as error:
            if self._open is not None:
                return self._open  # What was served before is better than nothing.
            raise NotReady(str(error)) from error

    def _check_embedding(self, snapshot: Snapshot) -> None:
        made_with = snapshot.manifest.fingerprint
        wrong = [name for name, value in self._embedding.fingerprint.items() if made_with.get(name) != value]
        if wrong:
            raise NotReady(
                f"The index was built with another embedding ({', '.join(sorted(wrong))} differ): "
                "run `stepwise refresh` to build it again."
            )
