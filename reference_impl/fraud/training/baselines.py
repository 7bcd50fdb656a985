"""What the models have to beat, trained on the same rows and labels."""

from __future__ import annotations

from collections.abc import Mapping

from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from reference_impl.fraud.training.data import Bools, Doubles, Floats
from reference_impl.fraud.training.inputs import inputs_of

_SHARE = 0.25


def scores(features: Floats, fraud: Bools, test: Floats, seed: int) -> Mapping[str, Doubles]:
    """Of the test rows, by name; from the 23 features, and from what the classifier makes of them.

    The second pair says how much is due to the inputs, and how much to the trees.
    """
    made = _scores(inputs_of(features), fraud, inputs_of(test), seed)
    return {
        **_scores(features, fraud, test, seed),
        **{f"{name}, same inputs": found for name, found in made.items()},
    }


def _scores(features: Floats, fraud: Bools, test: Floats, seed: int) -> Mapping[str, Doubles]:
    """Each tree of the forest sees a quarter of the rows, for the sake of time."""
    line = make_pipeline(StandardScaler(), LogisticRegression(max_iter=500)).fit(features, fraud)
    forest = RandomForestClassifier(
        n_estimators=100, min_samples_leaf=2, max_samples=_SHARE, n_jobs=2, random_state=seed
    ).fit(features, fraud)
    # Threads would add up the trees in any order, and the last digits would differ from run to run.
    forest.set_params(n_jobs=1)
    return {
        "logistic regression": line.predict_proba(test)[:, 1],
        "random forest": forest.predict_proba(test)[:, 1],
    }
