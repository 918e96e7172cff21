"""Measures all variants without Java, and writes one JSON file."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from itertools import product
from pathlib import Path
from statistics import median

from building import count
from machine import machine, versions
from measuring import Measuring
from settings import Settings
from variants import PRECISIONS, VARIANTS, Variants

WORKER = Path(__file__).with_name("originals.py")

Sizes = dict[str, int | None]
NOT_TAKEN: Sizes = {"peak_bytes": None, "before_bytes": None}


def measure(settings: Settings, rounds: int, memory_steps: int, out: Path) -> None:
    """Times in rounds over all variants, so that a slow minute of the machine meets them all alike.

    Memory is taken first, in a fresh process for each variant, while this one holds no model.
    """
    cases = list(product(VARIANTS, PRECISIONS))
    peaks = {case: peak(settings, *case, memory_steps) if memory_steps else NOT_TAKEN for case in cases}
    measuring = Measuring(Variants(settings))
    times: dict[tuple[str, str], list[float]] = {case: [] for case in cases}
    for number in range(1, rounds + 1):
        for case in cases:
            times[case].append(measuring.milliseconds(*case))
            print(f"round {number}/{rounds}: {case[0]}, {case[1]}: {times[case][-1]:.0f} ms", file=sys.stderr)
    trainable, total = count(settings)
    report = {
        "machine": machine(),
        "command": shlex.join(["python", *sys.argv]),
        "versions": versions(),
        "settings": settings.to_json() | {"rounds": rounds, "trainable": trainable, "total": total},
        "variants": [
            {
                "name": name,
                "precision": precision,
                "milliseconds": times[name, precision],
                "median": median(times[name, precision]),
                **peaks[name, precision],
            }
            for name, precision in cases
        ],
    }
    write_whole(out, json.dumps(report, indent=2) + "\n")


def peak(settings: Settings, name: str, precision: str, steps: int) -> Sizes:
    """Peak and earlier resident bytes of a variant, from a worker of its own."""
    request = {"memory": name, "precision": precision, "steps": steps}
    done = subprocess.run(
        [sys.executable, str(WORKER), *settings.to_options()],
        input=json.dumps(request) + "\n",
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    answer = json.loads(done.stdout.splitlines()[1])
    if "error" in answer:
        raise RuntimeError(f"{name}, {precision}: {answer['error']}")
    print(f"memory: {name}, {precision}: {answer['peak_bytes'] / 1e9:.2f} GB at most", file=sys.stderr)
    return answer


def write_whole(out: Path, text: str) -> None:
    """Writes beside the place and renames, so that a kill leaves the old file or the new one."""
    beside = out.with_name(out.name + ".partial")
    beside.write_text(text)
    os.replace(beside, out)
