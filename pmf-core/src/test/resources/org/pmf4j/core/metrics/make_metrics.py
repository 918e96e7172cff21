"""Makes metrics.json: outputs, targets, and what scikit-learn measures on them."""
import json
import warnings
from pathlib import Path

import numpy as np
from sklearn import metrics as m

warnings.simplefilter("ignore")
rng = np.random.default_rng(20231)


def logits(shape, scale=1.0):
    # A coarse grid, so that many scores are tied
    return (np.round(rng.normal(size=shape) * 4 * scale) / 4).astype(np.float32)


def single():
    classes, rows = 5, 60
    truth = rng.integers(0, 4, rows)  # class 4 has no rows, but is predicted
    z = logits((rows, classes))
    z[np.arange(rows), truth] += 1
    p = np.exp(z.astype(np.float64))
    p /= p.sum(1, keepdims=True)
    guess = z.argmax(1)
    precision, recall, f1, support = m.precision_recall_fscore_support(
        truth, guess, labels=range(classes), zero_division=0
    )
    expected = {
        "loss": m.log_loss(truth, p, labels=range(classes)),
        "accuracy": m.accuracy_score(truth, guess),
        "macro_f1": m.f1_score(truth, guess, average="macro", zero_division=0),
        "micro_f1": m.f1_score(truth, guess, average="micro"),
        "auroc": np.mean([m.roc_auc_score(truth == c, p[:, c]) for c in range(4)]),
    }
    return dict(
        outputs=z.tolist(),
        targets=np.eye(classes)[truth].tolist(),
        expected=expected,
        classes=np.stack([precision, recall, f1, support], 1).tolist(),
        confusion=m.confusion_matrix(truth, guess, labels=range(classes)).tolist(),
    )


def multi():
    labels, rows = 5, 50
    truth = (rng.random((rows, labels)) < [0.5, 0.2, 0.1, 0.0, 1.0]).astype(int)
    z = logits((rows, labels)) + 0.75 * truth.astype(np.float32)
    p = 1 / (1 + np.exp(-z.astype(np.float64)))
    guess = (z > 0).astype(int)
    both = [c for c in range(labels) if 0 < truth[:, c].sum() < rows]
    some = [c for c in range(labels) if truth[:, c].sum() > 0]
    precision, recall, f1, support = m.precision_recall_fscore_support(truth, guess, zero_division=0)
    expected = {
        "loss": np.mean([m.log_loss(truth[:, c], p[:, c], labels=[0, 1]) for c in range(labels)]),
        "accuracy": m.accuracy_score(truth, guess),
        "macro_f1": m.f1_score(truth, guess, average="macro", zero_division=0),
        "micro_f1": m.f1_score(truth, guess, average="micro"),
        "auroc": np.mean([m.roc_auc_score(truth[:, c], z[:, c]) for c in both]),
        "micro_auroc": m.roc_auc_score(truth.ravel(), z.ravel()),
        "map": np.mean([m.average_precision_score(truth[:, c], z[:, c]) for c in some]),
        "micro_map": m.average_precision_score(truth.ravel(), z.ravel()),
    }
    return dict(
        outputs=z.tolist(),
        targets=truth.tolist(),
        expected=expected,
        classes=np.stack([precision, recall, f1, support], 1).tolist(),
    )


def regression():
    mean, deviation = 1000.0, 3.0
    target = rng.normal(size=40).astype(np.float32)
    output = (target + 0.5 * rng.normal(size=40)).astype(np.float32)
    y, guess = (v.astype(np.float64) * deviation + mean for v in (target, output))
    expected = {
        "loss": m.mean_squared_error(target.astype(np.float64), output.astype(np.float64)),
        "mae": m.mean_absolute_error(y, guess),
        "rmse": m.root_mean_squared_error(y, guess),
        "r2": m.r2_score(y, guess),
    }
    return dict(
        mean=mean,
        deviation=deviation,
        outputs=output[:, None].tolist(),
        targets=target[:, None].tolist(),
        expected=expected,
    )


cases = dict(single=single(), multi=multi(), regression=regression())
Path(__file__).with_name("metrics.json").write_text(json.dumps(cases) + "\n")
