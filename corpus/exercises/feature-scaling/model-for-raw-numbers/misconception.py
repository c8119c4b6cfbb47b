import numpy as np


def standardize(train, *others):
    tables = [np.asarray(table, dtype=float) for table in (train, *others)]
    if any(table.shape[1] != tables[0].shape[1] for table in tables[1:]):
        raise ValueError("every table needs the same columns")
    # Each table gets a scaler of its own, so that none sees another.
    scaled = []
    for table in tables:
        means, scales = means_and_scales(table)
        scaled.append((table - means) / scales)
    return scaled


def raw_model(weights, bias, train):
    means, scales = means_and_scales(train)
    raw_weights = np.asarray(weights, dtype=float) / scales
    return raw_weights, float(bias - raw_weights @ means)


def means_and_scales(table):
    table = np.asarray(table, dtype=float)
    if len(table) == 0:
        raise ValueError("no rows")
    is_constant = (table == table[0]).all(axis=0)
    return table.mean(axis=0), np.where(is_constant, 1.0, table.std(axis=0))
