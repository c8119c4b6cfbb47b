def add_tag(tag: str, tags=[]) -> list[str]:
    # An empty list as default seems to be there anew for each call.
    if tag not in tags:
        tags.append(tag)
    return list(tags)
