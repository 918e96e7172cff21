"""PMF's encoder of columns, gradient boosting and a linear model on the same public tables and splits.

    python compare.py --out OUT [--pmf ../../../pmf] [--sets penguins,credit] [--seeds 3]

Writes the splits and results.json to OUT, and a table to standard output. Each seed is a split of its own. Without
--pmf the models of scikit-learn alone are trained.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from pathlib import Path

from learners import Measured, boosted, fused, linear
from sets import SETS
from splits import Split

Results = dict[str, dict[str, list[Measured]]]


def compared(name: str, seeds: int, out: Path, pmf: str | None) -> dict[str, list[Measured]]:
    """Of one set, what each learner reaches on each split."""
    table = SETS[name]()
    results: dict[str, list[Measured]] = {}
    for seed in range(seeds):
        split, folder = Split.of(table, seed), out / name / str(seed)
        split.write(folder)
        results.setdefault("gradient boosting", []).append(boosted(table, split, seed))
        results.setdefault("linear", []).append(linear(table, split, seed))
        if pmf:
            results.setdefault("pmf", []).append(fused(pmf, folder, table, seed))
        print(name, seed, {k: round(v[-1]["score"], 4) for k, v in results.items()}, file=sys.stderr)
    return results


def cell(runs: list[Measured]) -> str:
    scores = [run["score"] for run in runs]
    spread = f" ± {statistics.stdev(scores):.3f}" if len(scores) > 1 else ""
    return f"{statistics.mean(scores):.3f}{spread}, {statistics.mean(run['seconds'] for run in runs):.0f} s"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--pmf", help="the command")
    parser.add_argument("--sets", default=",".join(SETS), type=lambda text: text.split(","))
    parser.add_argument("--seeds", type=int, default=3)
    chosen = parser.parse_args()
    results: Results = {}
    for name in chosen.sets:
        results[name] = compared(name, chosen.seeds, chosen.out, chosen.pmf)
        (chosen.out / "results.json").write_text(json.dumps(results, indent=1), encoding="utf-8")
    learners = list(next(iter(results.values())))
    print("| set | " + " | ".join(learners) + " |\n" + "| --- " * (1 + len(learners)) + "|")
    for name, runs in results.items():
        print(f"| {name} | " + " | ".join(cell(runs[learner]) for learner in learners) + " |")


if __name__ == "__main__":
    main()
