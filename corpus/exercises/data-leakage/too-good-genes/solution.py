import numpy as np
from sklearn.feature_selection import SelectKBest, f_classif
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_score
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler


def build_model(n_genes: int) -> Pipeline:
    """Return an unfitted model: fill gaps, standardize, choose genes, classify."""
    return make_pipeline(
        SimpleImputer(strategy="median"),
        StandardScaler(),
        SelectKBest(f_classif, k=n_genes),
        LogisticRegression(),
    )


def honest_scores(
    X: np.ndarray, y: np.ndarray, patients: np.ndarray, n_genes: int, folds: int
) -> np.ndarray:
    """Return the accuracy of each fold, without any leak into its training."""
    return cross_val_score(
        build_model(n_genes),
        X,
        y,
        groups=patients,
        cv=GroupKFold(folds),
        scoring="accuracy",
        error_score="raise",
    )
