def beliefs(
    prior: float, hit_rate: float, false_rate: float, reports: list[tuple[str, bool]]
) -> list[float]:
    """Return the probability of an owl after each report."""
    if not 0 <= prior <= 1:
        raise ValueError(f"a prior lies between 0 and 1: {prior}")
    if not (0 < hit_rate < 1 and 0 < false_rate < 1):
        raise ValueError("both rates lie strictly between 0 and 1")

    belief, heard, course = float(prior), set(), []
    for recording, alarm in reports:
        if recording not in heard:
            heard.add(recording)
            belief = update(belief, alarm, hit_rate, false_rate)
        course.append(belief)
    return course


def update(prior: float, alarm: bool, hit_rate: float, false_rate: float) -> float:
    """Return the posterior of an owl after one new recording."""
    with_owl = prior * (hit_rate if alarm else 1 - hit_rate)
    without_owl = (1 - prior) * (false_rate if alarm else 1 - false_rate)
    return with_owl / (with_owl + without_owl)
