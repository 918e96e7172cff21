"""From a table of pictures and texts to a trained model: PMF for Java and the original, whole processes in turns.

    python table_to_model.py --work DIR [--rows 128] [--epochs 1,5,10] [--rounds 3] [--out FILE.json]
        [--width 768] [--depth 12] [--heads 12]

Wall time, processor time and peak resident memory are the system's own of each process, from its start to its end:
start of the runtime, reading the table and both encoders, decoding, tokenizing, training and saving are all in it.
Encoders are a ViT and a BERT, base-size unless told otherwise, with random weights, written once into DIR by transformers.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from machine import machine, versions
from standalone import write_whole

HERE = Path(__file__).resolve().parent
CLASSES = 8
WORDS = 4000


def make_table(folder: Path, rows: int) -> Path:
    """Pictures of coloured fields with noise, and titles of 20 to 60 words."""
    from PIL import Image, ImageDraw

    table = folder / f"rows-{rows}.csv"
    if table.exists():
        return table
    (folder / "photos").mkdir(exist_ok=True)
    chance = random.Random(7)
    lines = []
    for i in range(rows):
        photo = folder / "photos" / f"{i:05}.jpg"
        if not photo.exists():
            picture = Image.effect_noise((320, 240), 60).convert("RGB")
            draw = ImageDraw.Draw(picture)
            draw.rectangle((40, 40, 280, 200), fill=tuple(chance.randrange(256) for _ in range(3)))
            picture.save(photo, quality=90)
        title = " ".join(f"w{chance.randrange(WORDS)}" for _ in range(chance.randint(20, 60)))
        lines.append({"photo": f"photos/{photo.name}", "title": title, "topic": f"topic {i % CLASSES}"})
    beside = folder / "rows.partial"
    with beside.open("w", newline="") as file:
        writer = csv.DictWriter(file, ["photo", "title", "topic"])
        writer.writeheader()
        writer.writerows(lines)
    os.replace(beside, table)
    return table


def make_encoders(folder: Path, given: argparse.Namespace) -> tuple[Path, Path]:
    """A ViT and a BERT as the hub has them, with random weights."""
    size = f"{given.width}x{given.depth}x{given.heads}"
    image, text = folder / f"vit-{size}", folder / f"bert-{size}"
    if (text / "model.safetensors").exists():
        return image, text
    import torch
    from transformers import BertConfig, BertModel, BertTokenizerFast, ViTConfig, ViTImageProcessor, ViTModel

    torch.manual_seed(0)
    sizes = {"hidden_size": given.width, "num_hidden_layers": given.depth, "num_attention_heads": given.heads}
    sizes["intermediate_size"] = 4 * given.width
    ViTModel(ViTConfig(**sizes), add_pooling_layer=False).save_pretrained(image)
    ViTImageProcessor().save_pretrained(image)
    names = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + [f"w{i}" for i in range(WORDS)]
    names += [f"[unused{i}]" for i in range(BertConfig().vocab_size - len(names))]
    vocabulary = folder / "vocab.txt"
    vocabulary.write_text("\n".join(names) + "\n")
    BertTokenizerFast(str(vocabulary), model_max_length=512).save_pretrained(text)
    BertModel(BertConfig(**sizes), add_pooling_layer=False).save_pretrained(text)
    return image, text


def measured(command: list[str], log: Path) -> dict[str, float]:
    """Runs a command to its end; its output goes to a log. A failure ends the measurement."""
    began = time.perf_counter()
    with log.open("w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    if status != 0:
        sys.exit(f"{shlex.join(command)} failed; see {log}")
    return {"wall": wall, "processor": usage.ru_utime + usage.ru_stime, "peak_bytes": usage.ru_maxrss * 1024}


def main() -> None:
    """Measures in rounds and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--work", type=Path, required=True, help="folder for encoders, rows and models")
    parser.add_argument("--rows", type=int, default=128)
    parser.add_argument("--epochs", default="1,5,10")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--batch-size", type=int, default=8)
    parser.add_argument("--attention", default="eager", choices=["eager", "sdpa"], help="of the original")
    parser.add_argument("--width", type=int, default=768, help="of both encoders")
    parser.add_argument("--depth", type=int, default=12)
    parser.add_argument("--heads", type=int, default=12)
    pmf = shlex.quote(str(HERE.parent.parent / "pmf"))
    parser.add_argument("--pmf", default=pmf, help="the command, as typed in a shell")
    parser.add_argument("--precision", default="fp32", choices=["fp32", "bf16"], help="of both")
    parser.add_argument("--out", type=Path, default=None, help="file for all figures, JSON")
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    table, (image, text) = make_table(given.work, given.rows), make_encoders(given.work, given)
    epochs = [int(e) for e in given.epochs.split(",")]
    subprocess.run([*shlex.split(given.pmf), "--version"], check=True)  # builds what is missing, untimed
    figures: dict[str, dict[int, list[dict[str, float]]]] = {"pmf": {}, "original": {}}
    for number in range(given.rounds):
        for e in epochs:
            for side, command in commands(given, table, image, text, e).items():
                taken = measured(command, given.work / f"{side}.log")
                figures[side].setdefault(e, []).append(taken)
                print(f"round {number + 1}, {side}, {e} epochs: {taken['wall']:.1f} s", file=sys.stderr)
    print(page(figures))
    if given.out:
        report = {"machine": machine(), "versions": versions(), "command": shlex.join(sys.argv), "figures": figures}
        write_whole(given.out, json.dumps(report, indent=2) + "\n")


def commands(
    given: argparse.Namespace, table: Path, image: Path, text: Path, epochs: int
) -> dict[str, list[str]]:
    """What is run on each side, with nothing kept from earlier runs."""
    model, cache, weights = given.work / "model", given.work / "cache", given.work / "original.safetensors"
    for folder in (model, cache):
        shutil.rmtree(folder, ignore_errors=True)
    common = ["--data", str(table), "--epochs", str(epochs), "--batch-size", str(given.batch_size)]
    pmf = [*shlex.split(given.pmf), "train", *common, "--column", "image=photo", "--column", "text=title", "--label", "topic"]
    pmf += ["--encoder", f"image={image}", "--encoder", f"text={text}", "--cache", str(cache), "--out", str(model)]
    original = [sys.executable, str(HERE / "table_run.py"), *common, "--image", str(image), "--text", str(text)]
    original += ["--attention", given.attention, "--out", str(weights)]
    # The same rows and as many steps as the original: none held out, nothing measured at the end
    pmf += ["--no-split", "--no-probes"]
    precision = ["--precision", given.precision]
    return {"pmf": [*pmf, *precision], "original": [*original, *precision]}


def page(figures: dict[str, dict[int, list[dict[str, float]]]]) -> str:
    """A table in Markdown; ratios are medians of the rounds' ratios."""
    lines = [
        "| epochs | PMF for Java: wall, processor, peak | original: wall, processor, peak | times as fast | of processor |",
        "| --- | --- | --- | --- | --- |",
    ]
    for e, ours in figures["pmf"].items():
        theirs = figures["original"][e]
        cells = [side_of(ours), side_of(theirs)]
        cells += [f"{median(t[k] / o[k] for o, t in zip(ours, theirs)):.1f}" for k in ("wall", "processor")]
        lines.append(f"| {e} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def side_of(runs: list[dict[str, float]]) -> str:
    """Medians of a side."""
    wall, processor, peak = (median(r[k] for r in runs) for k in ("wall", "processor", "peak_bytes"))
    return f"{wall:.0f} s, {processor:.0f} s, {peak / 1e9:.2f} GB"


if __name__ == "__main__":
    main()
