"""Times a ViT-base and a BERT-base with a linear head on seven engines, which take turns call by call.

    python drive.py FOLDER LIB [THREADS]

FOLDER is what make.py and the commands of README.md put there, LIB the folder of pmf's jars. Each
engine is a process of its own that waits for the number of rows to compute.
"""

import os
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
FOLDER, LIB = Path(sys.argv[1]), sys.argv[2]
THREADS = sys.argv[3] if len(sys.argv) > 3 else "2"
ROUNDS = {1: 20, 8: 6}

# What pmf's launcher sets: freed memory is kept, and threads wait awake for a moment.
os.environ |= {
    "GOMP_SPINCOUNT": "10000",
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": str(1 << 26),
    "MALLOC_TRIM_THRESHOLD_": str(1 << 28),
}


def java(backend, precision):
    program = ["java", "-Xmx2g", "-cp", f"{LIB}/*", str(HERE / "Engines.java")]
    return program + [backend, precision, THREADS, str(FOLDER / "model"), str(FOLDER / "rows.csv")]


def python(kind, folder):
    return [sys.executable, str(HERE / "python_engine.py"), kind, THREADS, str(folder)]


ENGINES = {
    "djl": java("djl", "FLOAT32"),
    "tf": java("tf", "FLOAT32"),
    "ort": java("ort", "FLOAT32"),
    "ort int8": java("ort", "INT8"),
    "PyTorch eager": python("torch", FOLDER),
    "ONNX Runtime": python("ort", FOLDER / "onnx"),
    "ONNX Runtime int8": python("ort", FOLDER / "onnx8"),
}


class Engine:
    """A process that is ready."""

    def __init__(self, words):
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(
            words, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True
        )
        self.line()

    def line(self):
        while line := self.process.stdout.readline():
            if line.startswith("ready") or line[0].isdigit():
                return line.split()
        raise SystemExit("an engine has ended: " + " ".join(self.process.args))

    def run(self, rows):
        """Wall and processor time of one call, in ms."""
        self.process.stdin.write(f"{rows}\n")
        self.process.stdin.flush()
        return [float(x) for x in self.line()[:2]]

    def resident(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) // 1024


def main():
    engines = {name: Engine(words) for name, words in ENGINES.items()}
    for rows, rounds in ROUNDS.items():
        for engine in engines.values():
            engine.run(rows), engine.run(rows)
        times = {name: [] for name in engines}
        for _ in range(rounds):
            for name, engine in engines.items():
                times[name].append(engine.run(rows))
        first = statistics.median(t[0] for t in times["djl"])
        for name, engine in engines.items():
            wall, cpu = (statistics.median(t[i] for t in times[name]) for i in (0, 1))
            print(
                f"batch {rows}  {name:18} {wall:6.0f} ms, processor {cpu:6.0f} ms,"
                f" {first / wall:.2f} times as fast as djl, {engine.resident()} MB"
            )
        print("load average", os.getloadavg(), flush=True)
    for engine in engines.values():
        engine.process.stdin.close()


if __name__ == "__main__":
    main()
