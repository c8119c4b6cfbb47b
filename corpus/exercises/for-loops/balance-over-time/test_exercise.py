from submission import balances, lowest_balance


def test_each_balance_goes_on_from_the_one_before():
    assert balances(100, [20, -50, 5]) == [120, 70, 75]


def test_one_amount_gives_one_balance():
    assert balances(10, [-10]) == [0]


def test_no_amounts_give_no_balances():
    assert balances(10, []) == []


def test_the_given_list_stays_as_it_was():
    amounts = [1, 2]
    balances(0, amounts)
    lowest_balance(0, amounts)
    assert amounts == [1, 2]


def test_the_lowest_balance_can_be_in_the_middle():
    assert lowest_balance(50, [-20, -40, 100]) == -10


def test_the_lowest_balance_can_be_the_start():
    assert lowest_balance(5, [1, 2]) == 5
    assert lowest_balance(5, []) == 5
