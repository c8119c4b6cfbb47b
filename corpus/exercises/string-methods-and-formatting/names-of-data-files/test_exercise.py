from submission import title_of


def test_folders_and_ending_are_left_out():
    assert title_of("data/2024/prices.csv") == "Prices"


def test_underscores_become_spaces():
    assert title_of("rain_per_day.csv") == "Rain per day"


def test_letters_of_the_ending_stay_in_the_name():
    assert title_of("visits.csv") == "Visits"
    assert title_of("cars.csv") == "Cars"


def test_an_ending_in_capitals_is_left_out():
    assert title_of("rain.CSV") == "Rain"


def test_other_capitals_stay():
    assert title_of("train_GPS_data.csv") == "Train GPS data"


def test_an_ending_in_the_middle_stays():
    assert title_of("old.csv_notes.csv") == "Old.csv notes"


def test_outer_underscores_leave_no_spaces():
    assert title_of("in/_hidden_.csv") == "Hidden"
