def beliefs(
    prior: float, hit_rate: float, false_rate: float, reports: list[tuple[str, bool]]
) -> list[float]:
    """Return the probability of an owl after each report."""
    raise NotImplementedError
