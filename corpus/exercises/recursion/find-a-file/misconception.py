def find(folder: dict, name: str, way=()) -> list[str] | None:
    if name in folder and folder[name] is None:
        return [*way, name]
    for inner_name, inner in folder.items():
        if inner is not None:
            # The inner call returns the way, so it seems to be returned.
            find(inner, name, (*way, inner_name))
    return None
