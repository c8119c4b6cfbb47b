def compare(first: list[str], second: list[str]) -> dict[str, list[str]]:
    """Return the songs in both, in either and in exactly one playlist, sorted."""
    raise NotImplementedError
