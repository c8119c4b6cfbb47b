from submission import add_tag


def test_without_a_list_there_is_one_tag():
    assert add_tag("sea") == ["sea"]


def test_a_second_call_starts_from_nothing():
    add_tag("sea")
    assert add_tag("sun") == ["sun"]


def test_the_tag_comes_last():
    assert add_tag("sun", ["sea", "blue"]) == ["sea", "blue", "sun"]


def test_a_known_tag_is_not_repeated():
    assert add_tag("sea", ["sea", "sun"]) == ["sea", "sun"]


def test_the_given_list_stays_as_it_was():
    tags = ["sea"]
    add_tag("sun", tags)
    assert tags == ["sea"]


def test_the_result_is_a_list_of_its_own():
    tags = ["sea"]
    result = add_tag("sea", tags)
    result.append("x")
    assert tags == ["sea"]


def test_an_empty_list_may_be_given():
    assert add_tag("sea", []) == ["sea"]
