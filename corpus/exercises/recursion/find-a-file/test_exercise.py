from submission import find

TREE = {
    "music": {"old": {"b.mp3": None}, "a.mp3": None},
    "notes": {"maths": {"todo.md": None}, "b.mp3": None},
    "readme.md": None,
}


def test_a_file_in_the_outer_folder():
    assert find(TREE, "readme.md") == ["readme.md"]


def test_a_file_in_an_inner_folder_is_handed_on():
    assert find(TREE, "a.mp3") == ["music", "a.mp3"]
    assert find(TREE, "todo.md") == ["notes", "maths", "todo.md"]


def test_the_first_folder_wins():
    assert find(TREE, "b.mp3") == ["music", "old", "b.mp3"]


def test_a_file_here_is_found_before_one_further_in():
    assert find({"x": {"f": None}, "f": None}, "f") == ["f"]


def test_a_missing_file_gives_none():
    assert find(TREE, "c.mp3") is None
    assert find({}, "a") is None


def test_a_folder_is_not_a_file():
    assert find(TREE, "maths") is None
    assert find({"a": {}}, "a") is None
    assert find({"a": {"a": None}}, "a") == ["a", "a"]
