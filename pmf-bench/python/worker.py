"""A long-lived process that measures on request: one JSON object a line, on standard input and output.

    {"run": VARIANT, "precision": "fp32"}                   -> {"milliseconds": 1234.5}
    {"memory": VARIANT, "precision": "bf16", "steps": 3}    -> {"peak_bytes": ..., "before_bytes": ...}
    {"quit": true}                                          -> ends

It begins with one line of its own, {"ready": true, ...}. What goes wrong is answered by {"error": "..."}.
"""

from __future__ import annotations

import json
import sys
from typing import Any, TextIO

import torch

from building import count
from machine import versions
from measuring import Measuring
from settings import Settings
from variants import VARIANTS, Variants

Answer = dict[str, Any]


def serve(settings: Settings, answers: TextIO) -> None:
    """Answers requests until one asks to quit or the input ends."""
    send(answers, greeting(settings))
    measuring = Measuring(Variants(settings))
    for line in sys.stdin:
        if not line.strip():
            continue
        answer = safely(measuring, line)
        if answer is None:
            return
        send(answers, answer)


def greeting(settings: Settings) -> Answer:
    """What is measured here."""
    trainable, total = count(settings)
    return {
        "ready": True,
        "versions": versions(),
        "threads": torch.get_num_threads(),
        "attention": settings.attention,
        "trainable": trainable,
        "total": total,
        "variants": list(VARIANTS),
    }


def respond(measuring: Measuring, request: Any) -> Answer | None:
    """The answer to one request, or None where it asks to quit."""
    match request:
        case {"quit": True}:
            return None
        case {"run": str(name), "precision": str(precision)}:
            return {"milliseconds": measuring.milliseconds(name, precision)}
        case {"memory": str(name), "precision": str(precision), "steps": int(steps)}:
            peak, before = measuring.memory(name, precision, steps)
            return {"peak_bytes": peak, "before_bytes": before}
    raise ValueError("a request is one of run and precision; memory, precision and steps; quit")


def safely(measuring: Measuring, line: str) -> Answer | None:
    """The answer to one line, or what went wrong. Whoever asks decides whether to go on, so nothing ends the worker."""
    try:
        return respond(measuring, json.loads(line))
    except Exception as error:
        return {"error": " ".join(f"{type(error).__name__}: {error}".split())}


def send(answers: TextIO, answer: Answer) -> None:
    """Writes one line at once."""
    answers.write(json.dumps(answer) + "\n")
    answers.flush()
