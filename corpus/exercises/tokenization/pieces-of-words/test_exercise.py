import pytest
from submission import encode, learn_merges

MAPS = "map " * 4 + "maps " * 2 + "cap " * 3 + "tape"


def test_merges_counted_by_hand():
    assert learn_merges("yoyo yoyo", 1) == [("y", "o")]  # 4, and oy only 2
    # Then (yo, yo) occurs twice, and (" ", yo) once.
    assert learn_merges("yoyo yoyo", 5) == [("y", "o"), ("yo", "yo")]


def test_frequent_words_count_more():
    # Pairs: xz 3 and yz 2, although yz is in more different words.
    assert learn_merges("xz\nxz\nxz\nyz\nayz", 1) == [("x", "z")]


def test_ties_go_to_the_smallest_pair():
    assert learn_merges("dc\ndc\nba\nba", 2) == [("b", "a"), ("d", "c")]


def test_a_pair_must_occur_twice():
    assert learn_merges("abcd", 3) == []
    assert learn_merges("ab\nab", 9) == [("a", "b")]
    assert learn_merges("ab\nab", 0) == []


def test_repeated_letters_merge_from_left_to_right():
    assert learn_merges("aaa", 2) == [("a", "a")]
    assert encode("aaaaa", [("a", "a")]) == ["aa", "aa", "a"]
    assert encode("aaaaa", [("a", "a"), ("aa", "aa")]) == ["aaaa", "a"]


def test_merges_stay_inside_a_word_with_its_leading_space():
    merges = learn_merges("a b a b a b", 9)
    assert merges == [(" ", "b"), (" ", "a")]  # 3 times and 2 times
    assert encode("a b", merges) == ["a", " b"]


def test_merges_apply_in_their_order_to_new_words():
    merges = learn_merges(MAPS, 3)
    assert merges == [("a", "p"), ("m", "ap"), (" ", "map")]  # 10, 6 and 5 times
    assert encode("caps maps", merges) == ["c", "ap", "s", " map", "s"]
    assert encode("abc", [("b", "c"), ("a", "b")]) == ["a", "bc"]


@pytest.mark.parametrize("text", ["Yo, YO!", "a  b\n\tc ", "naïve 99€", " "])
def test_no_cleaning_so_the_text_comes_back_unchanged(text):
    assert "".join(encode(text, [("y", "o"), (" ", "b")])) == text


def test_capitals_and_signs_are_learned_as_they_are():
    assert learn_merges("AB\nAB\nab", 9) == [("A", "B")]
    assert learn_merges("?!\n?!", 9) == [("?", "!")]


def test_an_empty_text_has_no_merges_and_no_tokens():
    assert learn_merges("", 3) == []
    assert encode("", [("a", "b")]) == []
