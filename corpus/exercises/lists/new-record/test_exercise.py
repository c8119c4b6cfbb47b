from submission import with_new_time


def test_a_fast_time_enters_the_list():
    assert with_new_time([61, 64, 70], 63) == [61, 63, 64]


def test_a_slow_time_does_not_enter():
    assert with_new_time([61, 64, 70], 71) == [61, 64, 70]


def test_a_short_list_grows():
    assert with_new_time([], 80) == [80]
    assert with_new_time([61], 60) == [60, 61]


def test_a_long_list_is_cut_to_three():
    assert with_new_time([60, 61, 62, 63, 64], 59) == [59, 60, 61]


def test_equal_times_are_both_kept():
    assert with_new_time([61, 64, 70], 61) == [61, 61, 64]


def test_the_records_stay_as_they_were():
    records = [61, 64, 70]
    with_new_time(records, 63)
    assert records == [61, 64, 70]


def test_the_result_is_a_list_of_its_own():
    records = [61]
    result = with_new_time(records, 62)
    result.append(0)
    assert records == [61]
