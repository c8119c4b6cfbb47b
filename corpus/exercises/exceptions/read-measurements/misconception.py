def read_lines(lines, convert=float):
    values, bad = [], []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            values.append(convert(line))
        # Catching everything seems the safest way to keep the program running.
        except:  # noqa: E722
            bad.append((number, line))
    return values, bad
