"""Writes splits.json: how many rows of each class scikit-learn puts into each part.

Run with scikit-learn 1.3 or later: python make_splits.py
"""

import json
from collections import Counter

import numpy as np
from sklearn.model_selection import GroupShuffleSplit, StratifiedShuffleSplit

CASES = [
    ([50, 30, 20], [0.8, 0.1, 0.1]),
    ([500, 300, 199, 1], [0.8, 0.2, 0.0]),
    ([97, 41, 13, 7, 5], [0.7, 0.15, 0.15]),
    ([10] * 17, [0.6, 0.2, 0.2]),
    ([1000, 37], [0.9, 0.05, 0.05]),
    ([333, 333, 334], [0.5, 0.25, 0.25]),
]
GROUPS = [(20, 5, [0.8, 0.1, 0.1]), (30, 4, [0.6, 0.2, 0.2]), (10, 3, [0.8, 0.2, 0.0])]


def stratified(sizes, shares):
    y = np.concatenate([np.full(n, c) for c, n in enumerate(sizes)])
    # A class of one row is refused by scikit-learn: it is left out there, and is train's here
    alone = [c for c, n in enumerate(sizes) if n == 1]
    rows = np.flatnonzero(~np.isin(y, alone))
    total = len(rows)
    test = round(total * shares[2])
    validation = round(total * shares[1])
    parts = {}
    if test:
        cut = StratifiedShuffleSplit(1, test_size=test, random_state=0)
        rest, held = next(cut.split(rows, y[rows]))
        parts[2], rows = rows[held], rows[rest]
    cut = StratifiedShuffleSplit(1, test_size=validation, random_state=0)
    rest, held = next(cut.split(rows, y[rows]))
    parts[1], parts[0] = rows[held], rows[rest]
    table = []
    for c in range(len(sizes)):
        counts = [int((y[parts[p]] == c).sum()) if p in parts else 0 for p in range(3)]
        table.append([1, 0, 0] if c in alone else counts)
    return table


def grouped(groups, size, shares):
    ids = np.repeat(np.arange(groups), size)
    rest = np.arange(groups * size)
    parts = {}
    if shares[2]:
        cut = GroupShuffleSplit(1, test_size=round(groups * shares[2]), random_state=0)
        a, b = next(cut.split(rest, groups=ids[rest]))
        parts[2], rest = rest[b], rest[a]
    cut = GroupShuffleSplit(1, test_size=round(groups * shares[1]), random_state=0)
    a, b = next(cut.split(rest, groups=ids[rest]))
    parts[1], parts[0] = rest[b], rest[a]
    return [len(Counter(ids[parts[p]])) if p in parts else 0 for p in range(3)]


json.dump(
    {
        "stratified": [
            {"sizes": s, "shares": f, "counts": stratified(s, f)} for s, f in CASES
        ],
        "groups": [
            {"groups": g, "size": n, "shares": f, "counts": grouped(g, n, f)}
            for g, n, f in GROUPS
        ],
    },
    open("splits.json", "w"),
)
