from submission import compare

FIRST = ["Sun", "Hey", "Moon"]
SECOND = ["Rain", "Sun"]


def test_both_has_the_shared_songs_only():
    assert compare(FIRST, SECOND)["both"] == ["Sun"]


def test_either_has_all_songs_once():
    assert compare(FIRST, SECOND)["either"] == ["Hey", "Moon", "Rain", "Sun"]


def test_one_has_the_songs_of_one_playlist_only():
    assert compare(FIRST, SECOND)["one"] == ["Hey", "Moon", "Rain"]


def test_a_song_named_twice_counts_once():
    result = compare(["Sun", "Sun"], ["Sun"])
    assert result == {"both": ["Sun"], "either": ["Sun"], "one": []}


def test_an_empty_playlist_shares_nothing():
    result = compare([], ["Sun"])
    assert result == {"both": [], "either": ["Sun"], "one": ["Sun"]}


def test_playlists_without_a_shared_song():
    assert compare(["a"], ["b"])["both"] == []
