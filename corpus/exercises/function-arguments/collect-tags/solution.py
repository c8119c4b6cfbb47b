def add_tag(tag: str, tags: list[str] | None = None) -> list[str]:
    """Return the tags followed by the new tag, without repeats."""
    result = list(tags or [])
    if tag not in result:
        result.append(tag)
    return result
