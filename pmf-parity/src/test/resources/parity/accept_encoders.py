"""Holds ``pmf encode`` against transformers on pretrained encoders, from texts, pictures and sounds on.

    python accept_encoders.py --pmf PMF [--work DIR] [--formats] COLUMN=ENCODER...

COLUMN is text, image or audio; ENCODER is a directory with weights and the files of its preprocessing,
which is read and never written to. Pictures are resized by Pillow: of releases before 13, whose roundings differ
(2 levels of 255 in some tall pictures). For each, a table of a few made samples is encoded by PMF (a
command, such as ./pmf), and what it wrote is held against transformers: token ids and masks must be
equal, pixels and features within 1e-4 (the number that are not equal to the bit is printed), every
hidden state of real tokens and the pooled vector within 1e-4 of transformers' own, or no further from
double precision than twice as far as transformers in single precision. With ``--formats``
the weights are written anew in every format of torch.save, and what PMF makes of each must be the
same bytes. The peak of memory is that of the whole process. Ends with 1 if anything differs.
"""

import argparse
import csv
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import wave
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageDraw
from safetensors.torch import load_file
from transformers import AutoConfig, AutoFeatureExtractor, AutoImageProcessor, AutoModel, AutoTokenizer, logging

from hf_reference import encode

TOLERANCE = 1e-4
RATE = 16_000
TEXTS = [
    "A man is playing a guitar on stage.",
    "Zwei Hunde laufen über eine grüne Wiese, während es regnet!",
    "What's the total of 1,234.50 € and 99%?  (approximately)",
    "naïve café – 東京タワー",
    "x",
    " ".join(["the quick brown fox jumps over the lazy dog"] * 60),
]


def make_table(work):
    """Texts of one token to more than an encoder takes, pictures of several sizes, sounds of 0.3 to 6 seconds."""
    random = np.random.default_rng(5)
    rows = []
    for i, text in enumerate(TEXTS):
        picture = Image.fromarray(random.integers(0, 255, (12, 16, 3), dtype=np.uint8)).resize(
            (150 + 70 * i, 420 - 50 * i), Image.BICUBIC)
        ImageDraw.Draw(picture).ellipse((20, 30, 90 + 20 * i, 110), fill=(200, 40 * i, 60))
        picture.save(work / f"{i}.png")
        time = np.arange(int(RATE * (0.3 + 1.14 * i))) / RATE
        sound = 0.3 * np.sin(2 * np.pi * (180 + 60 * time) * time) + 0.05 * random.normal(size=time.size)
        with wave.open(str(work / f"{i}.wav"), "wb") as file:
            file.setparams((1, 2, RATE, 0, "NONE", ""))
            file.writeframes((sound * 20_000).astype("<i2").tobytes())
        rows.append({"text": text, "image": f"{i}.png", "audio": f"{i}.wav"})
    table = work / "table.csv"
    with open(table, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, ["text", "image", "audio"])
        writer.writeheader()
        writer.writerows(rows)
    return table


def samples(path):
    with wave.open(str(path)) as file:
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32) / 32_768


def prepared(column, encoder, work):
    """What transformers makes of the samples."""
    count = range(len(TEXTS))
    if column == "text":
        tokenizer = AutoTokenizer.from_pretrained(encoder)
        longest = min(tokenizer.model_max_length, AutoConfig.from_pretrained(encoder).max_position_embeddings)
        return dict(tokenizer(TEXTS, padding=True, truncation=True, max_length=longest, return_tensors="pt"))
    if column == "image":
        pictures = [Image.open(work / f"{i}.png").convert("RGB") for i in count]
        return dict(AutoImageProcessor.from_pretrained(encoder, use_fast=False)(pictures, return_tensors="pt"))
    extractor = AutoFeatureExtractor.from_pretrained(encoder)
    sounds = [samples(work / f"{i}.wav") for i in count]
    return dict(extractor(sounds, sampling_rate=RATE, return_tensors="pt"))


def pmf_encode(command, encoder, table, column, out):
    """Runs PMF; its peak of memory in MB."""
    call = [*command, "encode", "--encoder", str(encoder), "--data", str(table), "--column", column, "--out", str(out)]
    process = subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    told = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{shlex.join(call)}\n{told.decode()}")
    return usage.ru_maxrss / 1024


def hold(column, encoder, table, work, command):
    out = work / f"{column}.safetensors"
    peak = pmf_encode(command, encoder, table, column, out)
    found = load_file(out)
    inputs = prepared(column, encoder, work)
    model = AutoModel.from_pretrained(encoder, attn_implementation="eager", dtype=torch.float32).eval()
    expected = encode(model, inputs)
    good = True
    for name, value in inputs.items():
        mine = found[name]
        if value.dtype == torch.int64:
            good &= same(f"{name} {tuple(value.shape)}", torch.equal(mine, value), "equal", "different")
        else:
            unequal, largest = int((mine != value).sum()), float((mine - value).abs().max())
            note = f"largest difference {largest:.1e}, {unequal} of {value.numel()} not equal to the bit"
            good &= same(f"{name} {tuple(value.shape)}", largest <= TOLERANCE, note, note)
    mask = inputs.get("attention_mask")
    exact = None
    for name, value in expected.items():
        largest, scale = distance(found[name], value, mask), float(value.abs().max())
        note = f"largest difference {largest:.1e}, of values up to {scale:.1f}"
        close = largest <= max(TOLERANCE, 1e-5 * scale)
        if not close:
            exact = exact or both_precisions(model, {name: found[name] for name in inputs})
            single, double = exact[0][name], exact[1][name]
            own, mine = distance(single, double, mask), distance(found[name], double, mask)
            note += f"; from double precision {mine:.1e}, and transformers' own single {own:.1e}"
            close = mine <= 2 * own
        good &= same(name, close, note, note)
    print(f"  peak memory of the process {peak:.0f} MB, weights {weights(encoder):.0f} MB")
    return good, out


def distance(one, other, mask):
    """The largest difference at real tokens."""
    difference = (one - other).abs()
    if mask is not None and other.dim() == 3 and mask.shape == other.shape[:2]:
        difference = difference[mask.bool()]
    return float(difference.max())


def both_precisions(model, inputs):
    """What transformers makes of the inputs that PMF made, in single and in double precision."""
    single = encode(model, inputs)
    wide = {name: value.double() if value.is_floating_point() else value for name, value in inputs.items()}
    return single, encode(model.double(), wide)


def same(what, is_same, note, otherwise):
    print(f"  {what}: {note if is_same else 'NOT THE SAME: ' + otherwise}")
    return is_same


def weights(encoder):
    return sum(f.stat().st_size for f in Path(encoder).glob("model*.safetensors")) / 1e6


def formats(encoder, work):
    """The encoder with its weights in every format of torch.save."""
    tensors = load_file(Path(encoder) / "model.safetensors")
    names = list(tensors)
    half = len(names) // 2
    saved = {
        "zip": lambda f: torch.save(tensors, f / "pytorch_model.bin"),
        "before 1.6": lambda f: torch.save(tensors, f / "pytorch_model.bin", _use_new_zipfile_serialization=False),
        "under state_dict": lambda f: torch.save({"epoch": 3, "state_dict": tensors}, f / "pytorch_model.bin"),
        "shards": lambda f: shards(f, tensors, names, half),
    }
    for protocol in (2, 3, 4, 5):
        saved[f"protocol {protocol}"] = lambda f, p=protocol: torch.save(tensors, f / "pytorch_model.bin", pickle_protocol=p)
    for name, save in saved.items():
        folder = work / "format"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(encoder, folder, ignore=shutil.ignore_patterns("model*.safetensors*"))
        save(folder)
        yield name, folder


def shards(folder, tensors, names, half):
    parts = {"pytorch_model-00001-of-00002.bin": names[:half], "pytorch_model-00002-of-00002.bin": names[half:]}
    for file, own in parts.items():
        torch.save({name: tensors[name] for name in own}, folder / file)
    index = {"metadata": {}, "weight_map": {name: file for file, own in parts.items() for name in own}}
    (folder / "pytorch_model.bin.index.json").write_text(json.dumps(index))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pmf", default="./pmf", help="the command, with words of its own if need be")
    parser.add_argument("--work", type=Path, help="a folder to keep what is made")
    parser.add_argument("--formats", action="store_true", help="the weights in every format of torch.save, too")
    parser.add_argument("encoders", nargs="+", metavar="COLUMN=ENCODER")
    options = parser.parse_args()
    logging.set_verbosity_error()
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as temporary:
        work = options.work or Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        table, good, command = make_table(work), True, shlex.split(options.pmf)
        for given in options.encoders:
            column, encoder = given.split("=", 1)
            print(given)
            agrees, out = hold(column, encoder, table, work, command)
            good &= agrees
            for name, folder in formats(encoder, work) if options.formats else ():
                other = work / "other.safetensors"
                pmf_encode(command, folder, table, column, other)
                good &= same(f"pytorch_model.bin, {name}", other.read_bytes() == out.read_bytes(), "same bits", "other bits")
        print("all agree" if good else "NOT ALL AGREE")
    sys.exit(not good)


if __name__ == "__main__":
    main()
