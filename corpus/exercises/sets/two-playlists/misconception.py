def compare(first: list[str], second: list[str]) -> dict[str, list[str]]:
    mine, yours = set(first), set(second)
    # The words read as in English: songs in mine and yours, songs in mine or yours.
    return {
        "both": sorted(mine and yours),
        "either": sorted(mine or yours),
        "one": sorted(mine ^ yours),
    }
