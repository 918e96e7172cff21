"""Makes linear.json, to which ProbesOfScikitLearnTest holds the linear models of probes.

    python -m venv venv && venv/bin/pip install scikit-learn && venv/bin/python make_fixture.py
"""

import json

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.multiclass import OneVsRestClassifier

ROWS, WIDTH, CLASSES = 40, 4, 3
rng = np.random.default_rng(7)
x = rng.normal(size=(ROWS, WIDTH)).astype(np.float32).astype(np.float64)
truth = rng.normal(size=(WIDTH, CLASSES))
scores = x @ truth + rng.normal(size=(ROWS, CLASSES))
single = scores.argmax(1)
multi = (scores > 0).astype(int)
number = (scores[:, 0] - scores[:, 0].mean()) / scores[:, 0].std()


def logistic(penalty):
    return LogisticRegression(C=1 / (penalty * ROWS), tol=1e-12, max_iter=100_000)


def rounded(a):
    return np.round(np.asarray(a, dtype=float), 9).tolist()


cases = []
for penalty in (0.001, 0.1, 1.0):
    softmax = logistic(penalty).fit(x, single)
    sigmoid = OneVsRestClassifier(logistic(penalty)).fit(x, multi).estimators_
    ridge = Ridge(alpha=penalty * ROWS, tol=1e-12).fit(x, number)
    cases.append(
        {
            "penalty": penalty,
            "softmax": {
                "weights": rounded(softmax.coef_),
                "biases": rounded(softmax.intercept_),
            },
            "sigmoid": {
                "weights": rounded([e.coef_[0] for e in sigmoid]),
                "biases": rounded([e.intercept_[0] for e in sigmoid]),
            },
            "squared": {
                "weights": rounded([ridge.coef_]),
                "biases": rounded([ridge.intercept_]),
            },
        }
    )

with open("linear.json", "w", encoding="utf-8") as file:
    json.dump(
        {
            "scikit-learn": sklearn.__version__,
            "features": [[float(v) for v in row] for row in x],
            "single": single.tolist(),
            "multi": multi.tolist(),
            "number": rounded(number),
            "cases": cases,
        },
        file,
        indent=1,
    )
    file.write("\n")
