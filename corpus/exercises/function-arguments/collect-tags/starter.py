def add_tag(tag: str, tags=...) -> list[str]:
    """Return the tags followed by the new tag, without repeats."""
    raise NotImplementedError
