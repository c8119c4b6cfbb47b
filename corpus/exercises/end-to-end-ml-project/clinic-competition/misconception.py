import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_score


def run_competition(
    train: pd.DataFrame, test: pd.DataFrame
) -> tuple[float, pd.DataFrame]:
    # The test rows have no labels, so preparing all rows together seems harmless.
    both = pd.concat([train.drop(columns="diagnosis"), test]).drop(columns="id")
    both = pd.get_dummies(both, columns=["clinic"], dtype=float)
    both = both.fillna(both.median())
    both = (both - both.mean()) / both.std().replace(0.0, 1.0)
    features, test_features = both[: len(train)], both[len(train) :]

    model = LogisticRegression(max_iter=1000)
    folds = StratifiedKFold(n_splits=5, shuffle=True, random_state=0)
    target = train["diagnosis"]
    scores = cross_val_score(model, features, target, cv=folds, scoring="roc_auc")

    model.fit(features, target)
    probability = model.predict_proba(test_features)[:, 1]
    submission = pd.DataFrame({"id": test["id"].to_numpy(), "diagnosis": probability})
    return float(scores.mean()), submission
