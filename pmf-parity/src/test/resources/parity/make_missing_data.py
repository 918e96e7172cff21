"""Tables in which every pattern of what is there occurs, with sounds for them, and an audio encoder
that has a preprocessor: missing/.

Run after make_encoder_fixtures.py, of which it takes encoders/ast, and make_pmf_fixtures.py, whose
pictures the tables name. Needs Python alone.
"""

import csv
import json
import math
import shutil
import struct
import wave
from pathlib import Path

HERE = Path(__file__).parent
OUT = HERE / "missing"
RATE = 16_000
LABELS = ["circle", "square", "triangle"]


def clip(row):
    """A quarter of a second of a tone that fades, another for each row."""
    times = [i / RATE for i in range(RATE // 4)]
    pitch = 2 * math.pi * (200 + 90 * row)
    samples = [int(12_000 * math.sin(pitch * t) * math.exp(-6 * t)) for t in times]
    with wave.open(str(OUT / "clips" / f"{row:02d}.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return f"../missing/clips/{row:02d}.wav"


def cell(modality, row):
    if modality == "image":
        return f"../pmf/curve/images/{row:02d}.png"
    if modality == "text":
        return "a " + "big " * (row % 4) + "red shape"
    return clip(row)


def table(name, modalities):
    patterns = 2 ** len(modalities) - 1
    with open(OUT / name, "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow([*modalities, "label"])
        for row in range(2 * patterns):
            pattern = 1 + row % patterns
            there = [cell(m, row) if pattern >> i & 1 else "" for i, m in enumerate(modalities)]
            rows.writerow([*there, LABELS[row % 3]])


def encoder():
    """encoders/ast, with the settings of the features that it was made for."""
    folder = OUT / "ast"
    folder.mkdir()
    for name in ["config.json", "model.safetensors"]:
        shutil.copy(HERE / "encoders" / "ast" / name, folder / name)
    settings = {
        "feature_extractor_type": "ASTFeatureExtractor",
        "sampling_rate": RATE,
        "num_mel_bins": 16,
        "max_length": 27,
        "mean": -4.0,
        "std": 4.0,
        "do_normalize": True,
    }
    (folder / "preprocessor_config.json").write_text(json.dumps(settings, indent=2) + "\n")


if __name__ == "__main__":
    shutil.rmtree(OUT, ignore_errors=True)
    (OUT / "clips").mkdir(parents=True)
    encoder()
    table("image-text.csv", ["image", "text"])
    table("image-text-audio.csv", ["image", "text", "audio"])
