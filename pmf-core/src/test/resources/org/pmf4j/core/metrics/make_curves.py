"""Makes curves.json: what scikit-learn draws of the outputs and targets in metrics.json."""
import json
from pathlib import Path

import numpy as np
from sklearn import metrics as m
from sklearn.calibration import calibration_curve

here = Path(__file__)
given = json.loads(here.with_name("metrics.json").read_text())


def curve(truth, p):
    fpr, tpr, thresholds = m.roc_curve(truth, p, drop_intermediate=False)
    precision, recall, _ = m.precision_recall_curve(truth, p)
    f1 = [m.f1_score(truth, p >= t, zero_division=0) for t in thresholds]
    grid = np.arange(1, 20) / 20
    return dict(
        thresholds=["inf" if np.isinf(t) else t for t in thresholds.tolist()],
        fpr=fpr.tolist(),
        tpr=tpr.tolist(),
        # From the strictest threshold on, as the other two are
        precision=precision[::-1].tolist(),
        recall=recall[::-1].tolist(),
        auroc=m.roc_auc_score(truth, p),
        average_precision=m.average_precision_score(truth, p),
        best=max(f1),
        grid=[
            [
                t,
                m.precision_score(truth, p >= t, zero_division=1),
                m.recall_score(truth, p >= t),
                m.f1_score(truth, p >= t, zero_division=0),
            ]
            for t in grid.tolist()
        ],
    )


def calibration(right, p):
    share, probability = calibration_curve(right, p, n_bins=10)
    # scikit-learn has no expected error: by its bins
    bins = np.searchsorted(np.linspace(0, 1, 11)[1:-1], p)
    counts = np.bincount(bins, minlength=10)
    error = np.abs(share - probability) @ counts[counts > 0] / len(p)
    return dict(
        share=share.tolist(), probability=probability.tolist(), counts=counts.tolist(), error=error
    )


def sigmoid(z):
    return 1 / (1 + np.exp(-z.astype(np.float64)))


def single():
    z, targets = (np.array(given["single"][k]) for k in ("outputs", "targets"))
    e = np.exp(z)
    # As float32, so that what is tied here is tied there
    odds = np.log(e / (e.sum(1, keepdims=True) - e)).astype(np.float32)
    p = e / e.sum(1, keepdims=True)
    right = z.argmax(1) == targets.argmax(1)
    curves = {"abcde"[c]: curve(targets[:, c], sigmoid(odds[:, c])) for c in range(4)}
    return dict(curves=curves, calibration=calibration(right, p.max(1)))


def multi():
    z, targets = (np.array(given["multi"][k]) for k in ("outputs", "targets"))
    p = sigmoid(z.astype(np.float32))
    curves = {"abcde"[c]: curve(targets[:, c], p[:, c]) for c in range(3)}
    curves[""] = curve(targets.ravel(), p.ravel())
    return dict(curves=curves, calibration=calibration(targets.ravel(), p.ravel()))


cases = dict(single=single(), multi=multi())
here.with_name("curves.json").write_text(json.dumps(cases) + "\n")
