"""Facts about the machine and the software that a figure depends on."""

from __future__ import annotations

import os
import platform
import re
from pathlib import Path

import torch
import transformers

TUNING = ("OMP_", "KMP_", "GOMP_", "MKL_", "MALLOC_", "GLIBC_TUNABLES", "LD_PRELOAD")
"""Beginnings of environment variables that change how fast PyTorch runs."""


def versions() -> dict[str, str]:
    """Versions of what computes."""
    return {
        "python": platform.python_version(),
        "torch": torch.__version__,
        "transformers": transformers.__version__,
    }


def machine() -> dict[str, object]:
    """Processor, memory, system and the environment variables that matter."""
    return {
        "processor": _line("/proc/cpuinfo", "model name") or platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "instructions": torch.backends.cpu.get_cpu_capability(),
        "bf16_instructions": sorted(set(_line("/proc/cpuinfo", "flags").split()) & {"avx512_bf16", "amx_bf16"}),
        "memory": _line("/proc/meminfo", "MemTotal"),
        "system": platform.platform(),
        "threads": torch.get_num_threads(),
        "environment": {k: v for k, v in sorted(os.environ.items()) if k.startswith(TUNING)},
    }


def _line(file: str, key: str) -> str:
    """The first value of a key in a file of /proc, or nothing where there is no such file."""
    path = Path(file)
    text = path.read_text() if path.exists() else ""
    found = re.search(rf"^{key}\s*:\s*(.+)$", text, re.MULTILINE)
    return found.group(1) if found else ""
