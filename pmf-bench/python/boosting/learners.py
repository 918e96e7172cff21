"""What is compared: each is trained on a split, and measured on its test rows."""

from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path

import pandas
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from sets import TableSet
from splits import Split

Measured = dict[str, float]
"""Accuracy, or of numbers the coefficient of determination, and seconds."""

MOST_CATEGORIES = 255
"""Of a column, that gradient boosting takes for one of categories."""


def scored(learner, table: TableSet, split: Split, features, began: float) -> Measured:
    score = learner.score(features(split.test), split.test[table.label])
    return {"score": score, "seconds": time.monotonic() - began}


def boosted(table: TableSet, split: Split, seed: int) -> Measured:
    """Gradient boosting with early stopping on the validation rows, and categories as such."""
    known = {
        name: pandas.CategoricalDtype(sorted(column.dropna().unique())[:MOST_CATEGORIES])
        for name, column in split.train.drop(columns=table.label).items()
        if not pandas.api.types.is_numeric_dtype(column)
    }

    def features(frame: pandas.DataFrame) -> pandas.DataFrame:
        return frame.drop(columns=table.label).astype(known)

    kind = HistGradientBoostingRegressor if table.regression else HistGradientBoostingClassifier
    began = time.monotonic()
    learner = kind(max_iter=1000, early_stopping=True, random_state=seed)
    learner.fit(
        features(split.train),
        split.train[table.label],
        X_val=features(split.validation),
        y_val=split.validation[table.label],
    )
    return scored(learner, table, split, features, began)


def linear(table: TableSet, split: Split, seed: int) -> Measured:
    """A linear model over standardised numbers and one-hot categories."""
    numbers = make_pipeline(SimpleImputer(), StandardScaler())
    categories = OneHotEncoder(handle_unknown="ignore", min_frequency=2)
    columns = make_column_transformer(
        (numbers, make_column_selector(dtype_include="number")),
        (categories, make_column_selector(dtype_exclude="number")),
    )
    began = time.monotonic()
    model = Ridge() if table.regression else LogisticRegression(max_iter=5000, random_state=seed)
    learner = make_pipeline(columns, model)
    learner.fit(split.train.drop(columns=table.label), split.train[table.label])
    return scored(learner, table, split, lambda frame: frame.drop(columns=table.label), began)


def fused(pmf: str, folder: Path, table: TableSet, seed: int) -> Measured:
    """An encoder that `pmf train` makes of the columns, frozen, and a linear layer on its vector."""
    columns = [f'"{name}"' if "," in name else name for name in table.frame.columns if name != table.label]
    began = time.monotonic()
    words = ["train", "--data", folder / "train.csv", "--validation", folder / "validation.csv"]
    words += ["--column", "tabular=" + ",".join(columns), "--label", table.label]
    words += ["--task", "regression" if table.regression else "single-label"]
    words += ["--method", "linear-probe", "--seed", seed, "--no-cache", "--overwrite", "--out", folder / "model"]
    run(pmf, *words)
    seconds = time.monotonic() - began
    run(pmf, "evaluate", "--model", folder / "model", "--data", folder / "test.csv", "--out", folder / "metrics.json")
    metrics = json.loads((folder / "metrics.json").read_text(encoding="utf-8"))
    return {"score": found(metrics, "r2" if table.regression else "accuracy"), "seconds": seconds}


def found(metrics: dict, name: str) -> float:
    """A metric of `pmf evaluate --out`, whose overall metrics may stand in an object of their own."""
    return metrics[name] if name in metrics else metrics["metrics"][name]


def run(*words: object) -> None:
    subprocess.run([str(word) for word in words], check=True, stdout=subprocess.DEVNULL)
