"""Time and peak memory of steps."""

from __future__ import annotations

import ctypes
import gc
import re
import time
from collections.abc import Callable
from pathlib import Path

from variants import Variants

STATUS = Path("/proc/self/status")
RESET_PEAK = "5"
"""Written to clear_refs, it sets the peak resident size (VmHWM) to the present one (proc(5))."""


class Measuring:
    """Measures the variants of one process. A variant is built and warmed up at its first run, untimed."""

    def __init__(self, variants: Variants) -> None:
        self._variants = variants
        self._warm: dict[tuple[str, str], Callable[[], None]] = {}

    def milliseconds(self, name: str, precision: str) -> float:
        """The time of one step."""
        if (name, precision) not in self._warm:
            first = self._variants.prepare(name, precision)
            first()
            self._warm[name, precision] = first
        step = self._warm[name, precision]
        start = time.perf_counter()
        step()
        return (time.perf_counter() - start) * 1000

    def memory(self, name: str, precision: str, steps: int) -> tuple[int, int]:
        """Peak resident bytes over some steps, from the first one on, and the resident bytes before them.

        Before them the model is built and, where it is cached, the trunk is computed; gradients and the
        optimizer's state are not there yet. Linux alone tells this; it is an OSError elsewhere.
        """
        if steps < 1:
            raise ValueError(f"steps must be at least 1, not {steps}")
        step = self._variants.prepare(name, precision)
        gc.collect()
        ctypes.CDLL(None).malloc_trim(0)  # glibc keeps what was freed while building; it is no need of the variant.
        Path("/proc/self/clear_refs").write_text(RESET_PEAK)
        before = resident("VmRSS")
        for _ in range(steps):
            step()
        return resident("VmHWM"), before


def resident(field: str) -> int:
    """A size from the process status, in bytes."""
    found = re.search(rf"^{field}:\s+(\d+) kB$", STATUS.read_text(), re.MULTILINE)
    if found is None:
        raise OSError(f"{STATUS} has no {field}")
    return int(found.group(1)) * 1024
