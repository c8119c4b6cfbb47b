def find(folder: dict, name: str) -> list[str] | None:
    """Return the names that lead to the file, or None."""
    if name in folder and folder[name] is None:
        return [name]
    for inner_name, inner in folder.items():
        if inner is not None:
            way = find(inner, name)
            if way is not None:
                return [inner_name, *way]
    return None
