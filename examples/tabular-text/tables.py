"""Makes tables in which columns of numbers, texts and pictures tell the label together alone.

    python3 examples/tabular-text/tables.py EASY_VQA AV_DIGITS OUT [ROWS]

EASY_VQA and AV_DIGITS are folders with train.csv and validation.csv; ROWS (2000) is how many train. Needs Pillow.

OUT/shapes: a question of easy-VQA in the column `text`, and in place of its picture what is measured of it: the
mean colour of the shape (red, green, blue), its share of the picture (area), how much of the box around it it
fills (filled), and the sides of that box (across, down). What the question is answered is the label. Neither the
question nor the numbers tell it alone.

OUT/parcels: a handwritten digit of av-digits in the column `image`, a question of easy-VQA in `text`, and of a
recording of a spoken digit `seconds`, `loudness` and `crossings` (of zero, in a second). The label has three
parts: whether the digit is 0 to 4 or 5 to 9, what the question asks, and whether the recording is longer than
half of them are. That the three belong together is made up; each is real.

Both folders get train.csv, validation.csv (400 rows) and what the encoders of pictures and texts are made of.
"""

import array
import csv
import math
import pathlib
import random
import statistics
import sys
import wave

from PIL import Image

vqa, av, out = (pathlib.Path(a).resolve() for a in sys.argv[1:4])
ROWS = int(sys.argv[4]) if len(sys.argv) > 4 else 2000
VALIDATION = 400
OF_ENCODERS = 3000


def read(table):
    with open(table, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        for column in ("image", "audio"):
            if column in row:
                row[column] = table.parent / row[column]
    return rows


def write(table, rows, *columns):
    table.parent.mkdir(parents=True, exist_ok=True)
    with open(table, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)


MEASURED = {}


def measures(picture):
    """Of the one shape on a picture, whose ground is the commonest colour of its rim."""
    if picture not in MEASURED:
        image = Image.open(picture).convert("RGB")
        width, height = image.size
        pixels = list(image.getdata())
        ground = statistics.mode(pixels[:width] + pixels[-width:])
        shape = [i for i, p in enumerate(pixels) if sum(abs(a - b) for a, b in zip(p, ground)) > 60]
        across = 1 + max(i % width for i in shape) - min(i % width for i in shape)
        down = 1 + max(i // width for i in shape) - min(i // width for i in shape)
        red, green, blue = (round(statistics.fmean(pixels[i][c] for i in shape), 1) for c in range(3))
        MEASURED[picture] = {
            "red": red,
            "green": green,
            "blue": blue,
            "area": round(len(shape) / (width * height), 4),
            "filled": round(len(shape) / (across * down), 4),
            "across": across,
            "down": down,
        }
    return MEASURED[picture]


def shapes():
    numbers = ("red", "green", "blue", "area", "filled", "across", "down")
    train, held_out = read(vqa / "train.csv"), read(vqa / "validation.csv")
    random.shuffle(train)
    random.shuffle(held_out)
    for name, rows in (("train", train[:ROWS]), ("validation", held_out[:VALIDATION])):
        write(out / f"shapes/{name}.csv", [r | measures(r["image"]) for r in rows], *numbers, "text", "label")
    questions = [r for r in train[ROWS:] if r["text"]][:OF_ENCODERS]
    write(out / "shapes/questions.csv", questions, "text")


def recording(path):
    with wave.open(str(path)) as file:
        rate, samples = file.getframerate(), array.array("h", file.readframes(file.getnframes()))
    crossed = sum((a < 0) != (b < 0) for a, b in zip(samples, samples[1:]))
    return {
        "seconds": round(len(samples) / rate, 4),
        "loudness": round(math.sqrt(statistics.fmean(s * s for s in samples)), 1),
        "crossings": round(crossed * rate / len(samples), 1),
    }


def asked(question):
    return "colour" if "color" in question or "colour" in question else "else"


def parcels():
    digits, questions = read(av / "train.csv"), read(vqa / "train.csv")
    random.shuffle(digits)
    random.shuffle(questions)
    colours = [q for q in questions if asked(q["text"]) == "colour"]
    others = [q for q in questions if asked(q["text"]) == "else"]
    chosen = digits[: ROWS + VALIDATION]
    recordings = [recording(row["audio"]) for row in chosen]
    random.shuffle(recordings)  # else the spoken digit would tell the written one
    half = statistics.median(r["seconds"] for r in recordings)
    rows = []
    for row, numbers in zip(chosen, recordings):
        question = random.choice(random.choice((colours, others)))["text"]
        parts = (
            "high" if int(row["label"]) > 4 else "low",
            asked(question),
            "long" if numbers["seconds"] > half else "short",
        )
        rows.append({"image": row["image"], "text": question, "label": " ".join(parts)} | numbers)
    columns = ("image", "text", "seconds", "loudness", "crossings", "label")
    write(out / "parcels/train.csv", rows[:ROWS], *columns)
    write(out / "parcels/validation.csv", rows[ROWS:], *columns)
    write(out / "parcels/pictures.csv", digits[ROWS + VALIDATION :][:OF_ENCODERS], "image", "label")


random.seed(7)
shapes()
parcels()
