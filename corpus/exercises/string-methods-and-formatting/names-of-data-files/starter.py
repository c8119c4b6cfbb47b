def title_of(path: str) -> str:
    """Return a readable title for the path of a CSV file."""
    raise NotImplementedError
