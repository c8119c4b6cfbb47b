def with_new_time(records: list[float], time: float) -> list[float]:
    # A second name looks like a copy that is safe to change.
    times = records
    times.append(time)
    times.sort()
    return times[:3]
