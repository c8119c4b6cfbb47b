import numpy as np


def split_by_patient(patients, val_share, test_share, seed):
    # A random split treats every row alike, so no part gets special patients.
    rows = np.random.default_rng(seed).permutation(len(patients))
    test_size = round(test_share * len(rows))
    val_size = round(val_share * len(rows))
    if min(test_size, val_size, len(rows) - test_size - val_size) < 1:
        raise ValueError("a part would be empty")
    test, val, train = np.split(rows, [test_size, test_size + val_size])
    return np.sort(train), np.sort(val), np.sort(test)
