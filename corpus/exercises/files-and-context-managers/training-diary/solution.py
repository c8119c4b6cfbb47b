from pathlib import Path


def write_entry(path: str | Path, entry: str) -> None:
    """Add the entry as the last line of the file."""
    if "\n" in entry or "\r" in entry:
        raise ValueError("an entry is one line without a line break")
    with open(path, "a", encoding="utf-8") as file:
        file.write(entry + "\n")


def last_entries(path: str | Path, count: int) -> list[str]:
    """Return the last entries, the newest last."""
    try:
        with open(path, encoding="utf-8") as file:
            entries = [line.rstrip("\n") for line in file]
    except FileNotFoundError:
        return []
    return entries[max(0, len(entries) - count) :]
