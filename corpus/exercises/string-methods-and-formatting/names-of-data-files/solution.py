def title_of(path: str) -> str:
    """Return a readable title for the path of a CSV file."""
    name = path.split("/")[-1]
    if name.lower().endswith(".csv"):
        name = name[: -len(".csv")]
    words = name.replace("_", " ").strip()
    return words[0].upper() + words[1:]
