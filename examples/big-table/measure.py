"""Runs a command that writes a table, and tells when its first rows came, how long it took and its largest memory.

    python measure.py out.csv -- pmf predict --model model --data rows.parquet --out out.csv

For Linux, whose /proc tells the memory. Until it is whole, the table has another name in the same folder.
"""

import pathlib
import subprocess
import sys
import time


def size(out: pathlib.Path) -> int:
    found = 0
    for file in out.parent.glob(f".{out.name}.*.tmp"):
        try:
            found = max(found, file.stat().st_size)
        except FileNotFoundError:
            pass
    return found


def peak(process: subprocess.Popen) -> int:
    try:
        status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    except FileNotFoundError:
        return 0
    return max([int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")], default=0)


def main() -> int:
    out, command = pathlib.Path(sys.argv[1]).absolute(), sys.argv[sys.argv.index("--") + 1:]
    began = told = time.monotonic()
    first = None
    largest = 0
    process = subprocess.Popen(command)
    while process.poll() is None:
        now = time.monotonic()
        largest = max(largest, peak(process))
        if first is None and size(out) > 0:
            first = now - began
        if now - told > 60:
            told = now
            print(f"after {now - began:.0f} s: {size(out) / 1e6:.0f} MB written, at most {largest / 1024:.0f} MiB resident", flush=True)
        time.sleep(0.05)
    shown = "none" if first is None else f"{first:.1f} s"
    print(f"first rows after {shown}, all after {time.monotonic() - began:.1f} s, at most {largest / 1024:.0f} MiB resident")
    return process.returncode


if __name__ == "__main__":
    sys.exit(main())
