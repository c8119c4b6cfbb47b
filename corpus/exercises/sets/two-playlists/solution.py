def compare(first: list[str], second: list[str]) -> dict[str, list[str]]:
    """Return the songs in both, in either and in exactly one playlist, sorted."""
    mine, yours = set(first), set(second)
    return {
        "both": sorted(mine & yours),
        "either": sorted(mine | yours),
        "one": sorted(mine ^ yours),
    }
