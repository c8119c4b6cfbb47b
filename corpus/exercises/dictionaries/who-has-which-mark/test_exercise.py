from submission import pupils_by_mark


def test_pupils_with_the_same_mark_are_all_kept():
    assert pupils_by_mark({"Ada": 2, "Ben": 2, "Cem": 2}) == {2: ["Ada", "Ben", "Cem"]}


def test_each_mark_has_its_own_list():
    assert pupils_by_mark({"Ada": 1, "Ben": 3}) == {1: ["Ada"], 3: ["Ben"]}


def test_the_names_are_sorted():
    assert pupils_by_mark({"Noor": 2, "Ada": 2}) == {2: ["Ada", "Noor"]}


def test_the_marks_stand_in_ascending_order():
    assert list(pupils_by_mark({"Ada": 5, "Ben": 1, "Cem": 3})) == [1, 3, 5]


def test_no_pupils_give_an_empty_dictionary():
    assert pupils_by_mark({}) == {}


def test_the_given_dictionary_stays_as_it_was():
    marks = {"Noor": 2, "Ada": 1}
    pupils_by_mark(marks)
    assert list(marks.items()) == [("Noor", 2), ("Ada", 1)]
