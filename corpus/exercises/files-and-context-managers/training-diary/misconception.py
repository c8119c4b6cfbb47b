from pathlib import Path


def write_entry(path: str | Path, entry: str) -> None:
    if "\n" in entry or "\r" in entry:
        raise ValueError("one line only")
    # Mode "w" is for writing, so it seems to write after what is there.
    with open(path, "w", encoding="utf-8") as file:
        file.write(entry + "\n")


def last_entries(path: str | Path, count: int) -> list[str]:
    try:
        with open(path, encoding="utf-8") as file:
            entries = file.read().splitlines()
    except FileNotFoundError:
        return []
    return entries[-count:] if count else []
