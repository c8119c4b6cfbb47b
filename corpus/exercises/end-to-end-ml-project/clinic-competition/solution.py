import pandas as pd
from sklearn.compose import ColumnTransformer, make_column_selector
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler


def build_model() -> Pipeline:
    numbers = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    preparation = ColumnTransformer(
        [
            ("numbers", numbers, make_column_selector(dtype_include="number")),
            ("clinic", OneHotEncoder(handle_unknown="ignore"), ["clinic"]),
        ]
    )
    return make_pipeline(preparation, LogisticRegression(max_iter=1000))


def run_competition(
    train: pd.DataFrame, test: pd.DataFrame
) -> tuple[float, pd.DataFrame]:
    """Return the cross-validated ROC AUC on `train` and a submission for `test`.

    The submission has the columns id and diagnosis (the probability of class 1).
    """
    features = train.drop(columns=["id", "diagnosis"])
    target = train["diagnosis"]
    model = build_model()

    folds = StratifiedKFold(n_splits=5, shuffle=True, random_state=0)
    scores = cross_val_score(model, features, target, cv=folds, scoring="roc_auc")

    model.fit(features, target)
    probability = model.predict_proba(test.drop(columns="id"))[:, 1]
    submission = pd.DataFrame({"id": test["id"].to_numpy(), "diagnosis": probability})
    return float(scores.mean()), submission
