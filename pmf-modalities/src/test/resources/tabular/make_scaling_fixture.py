"""Writes scaling.json: columns of numbers, and what QuantileTransformer and StandardScaler make of them.

    python make_scaling_fixture.py         (scikit-learn 1.9.1, numpy)
"""

import json
from pathlib import Path

import numpy as np
from sklearn.preprocessing import QuantileTransformer, StandardScaler

random = np.random.default_rng(11)
COLUMNS = {
    "normal": random.normal(40, 12, 200),
    "skewed": random.lognormal(3, 2, 200),
    "whole numbers": random.integers(0, 6, 200).astype(float),
    "two values": np.repeat([0.0, 1.0], [150, 50]),
    "few rows": np.array([3.0, -1.0, 10.0]),
    "constant": np.full(20, 7.0),
}


def main():
    cases = []
    for name, values in COLUMNS.items():
        rows = values[:, None]
        probes = np.concatenate(
            [
                np.unique(values)[:20],
                [values.min() - 5, values.max() + 5, values.mean(), 2 * values.mean(), np.median(values) + 0.25],
            ]
        )
        for most in (1000, 50):
            scaler = QuantileTransformer(n_quantiles=min(most, len(values)), output_distribution="normal")
            scaler.fit(rows)
            cases.append(
                dict(
                    name=f"{name}, {most}",
                    quantiles=most,
                    values=values.tolist(),
                    probes=probes.tolist(),
                    expected=scaler.transform(probes[:, None])[:, 0].tolist(),
                )
            )
        cases.append(
            dict(
                name=f"{name}, standard",
                quantiles=1,
                values=values.tolist(),
                probes=probes.tolist(),
                expected=StandardScaler().fit(rows).transform(probes[:, None])[:, 0].tolist(),
            )
        )
    Path(__file__).with_name("scaling.json").write_text(json.dumps({"cases": cases}) + "\n")


if __name__ == "__main__":
    main()
