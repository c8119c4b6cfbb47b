from submission import drop_faulty


def test_faulty_readings_are_removed_from_the_list_itself():
    readings = [3, None, 5, -1, 0]
    assert drop_faulty(readings) == 2
    assert readings == [3, 5, 0]


def test_faulty_readings_side_by_side_are_all_removed():
    readings = [None, None, -1, -2, 7]
    assert drop_faulty(readings) == 4
    assert readings == [7]


def test_zero_is_a_good_reading():
    readings = [0, 0.0]
    assert drop_faulty(readings) == 0
    assert readings == [0, 0.0]


def test_the_order_stays():
    readings = [5, -1, 2, None, 9, 2]
    drop_faulty(readings)
    assert readings == [5, 2, 9, 2]


def test_a_list_of_faults_becomes_empty():
    readings = [None, -3, None]
    assert drop_faulty(readings) == 3
    assert readings == []


def test_an_empty_list_is_fine():
    assert drop_faulty([]) == 0
