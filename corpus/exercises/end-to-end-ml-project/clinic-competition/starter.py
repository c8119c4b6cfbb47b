import pandas as pd


def run_competition(
    train: pd.DataFrame, test: pd.DataFrame
) -> tuple[float, pd.DataFrame]:
    """Return the cross-validated ROC AUC on `train` and a submission for `test`.

    The submission has the columns id and diagnosis (the probability of class 1).
    """
    raise NotImplementedError
