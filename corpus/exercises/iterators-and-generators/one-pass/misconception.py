def mean_and_range(values):
    count = 0
    total = 0
    for value in values:
        count += 1
        total += value
    if count == 0:
        raise ValueError("no values")
    # A second loop goes over the same values again.
    smallest = largest = total / count
    for value in values:
        smallest, largest = min(smallest, value), max(largest, value)
    return total / count, largest - smallest
