"""One split of a table into rows to train on, to validate on and to test with."""

from __future__ import annotations

import csv
import dataclasses
from pathlib import Path

import pandas
from sklearn.model_selection import train_test_split

from sets import TableSet


@dataclasses.dataclass(frozen=True)
class Split:
    """64 % of the rows to train on, 16 % to validate on, 20 % to test with; classes have their shares in each."""

    train: pandas.DataFrame
    validation: pandas.DataFrame
    test: pandas.DataFrame

    @staticmethod
    def of(table: TableSet, seed: int) -> Split:
        def cut(frame: pandas.DataFrame, share: float) -> list[pandas.DataFrame]:
            classes = None if table.regression else frame[table.label]
            return train_test_split(frame, test_size=share, random_state=seed, stratify=classes)

        rest, test = cut(table.frame, 0.2)
        train, validation = cut(rest, 0.2)
        return Split(train, validation, test)

    def write(self, folder: Path) -> None:
        """Writes a CSV table each; what is missing is a blank cell."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, frame in vars(self).items():
            frame.to_csv(folder / f"{name}.csv", index=False, quoting=csv.QUOTE_MINIMAL)
