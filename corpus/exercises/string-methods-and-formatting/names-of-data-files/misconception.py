def title_of(path: str) -> str:
    name = path.split("/")[-1]
    # The ending is the text to remove, so strip seems to be the method.
    name = name.strip(".csv").strip(".CSV")
    words = name.replace("_", " ").strip()
    return words[0].upper() + words[1:]
