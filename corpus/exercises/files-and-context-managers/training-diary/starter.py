from pathlib import Path


def write_entry(path: str | Path, entry: str) -> None:
    """Add the entry as the last line of the file."""
    raise NotImplementedError


def last_entries(path: str | Path, count: int) -> list[str]:
    """Return the last entries, the newest last."""
    raise NotImplementedError
