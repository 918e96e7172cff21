"""PMF as its authors published it, on PyTorch and transformers, timed to compare PMF for Java with.

    python originals.py [sizes]                              a worker that answers requests (see worker.py)
    python originals.py [sizes] --rounds 5 --out FILE.json   measures all variants and writes one file
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import sys
from pathlib import Path
from typing import NoReturn, TextIO

from settings import ATTENTIONS, BadSetting, Settings, lengths, option


class OneLineParser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


def new_parser() -> OneLineParser:
    """The options; the sizes have the defaults of the settings."""
    parser = OneLineParser(prog="originals.py", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    others = {"text_lengths", "threads", "attention"}
    for field in dataclasses.fields(Settings):
        if field.name not in others:
            parser.add_argument(option(field.name), type=int, default=field.default, metavar="N")
    parser.add_argument("--text-lengths", type=lengths, default=None, metavar="N,N,...|none")
    parser.add_argument("--threads", type=int, default=None, metavar="N", help="PyTorch's choice if left out")
    parser.add_argument("--attention", choices=ATTENTIONS, default=ATTENTIONS[0])
    parser.add_argument("--rounds", type=int, default=None, metavar="N", help="times each variant N times")
    parser.add_argument("--memory-steps", type=int, default=3, metavar="N", help="steps under memory; 0: no memory")
    parser.add_argument("--out", type=Path, default=None, metavar="FILE.json", help="where --rounds writes")
    return parser


def main() -> None:
    """Reads the options, then loads PyTorch: a wrong option is told at once."""
    parser = new_parser()
    given = vars(parser.parse_args())
    rounds, memory_steps, out = given.pop("rounds"), given.pop("memory_steps"), given.pop("out")
    if (rounds is None) != (out is None):
        parser.error("--rounds and --out belong together")
    if rounds is not None and (rounds < 1 or memory_steps < 0):
        parser.error("--rounds must be at least 1, and --memory-steps at least 0")
    if out is not None and not out.absolute().parent.is_dir():
        parser.error(f"--out {out}: there is no folder {out.absolute().parent}")
    try:
        settings = Settings(**given)
    except BadSetting as bad:
        parser.error(str(bad))
    answers = claim_output()

    import torch

    if settings.threads is not None:
        torch.set_num_threads(settings.threads)
    if rounds is None:
        from worker import serve

        serve(settings, answers)
    else:
        from standalone import measure

        measure(settings, rounds, memory_steps, out)


def claim_output() -> TextIO:
    """Standard output for answers alone: whatever else is printed, by a library too, goes to standard error."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return answers


if __name__ == "__main__":
    main()
