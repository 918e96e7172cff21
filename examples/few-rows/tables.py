"""Cuts tables of 100 to 3,000 rows out of easy-VQA and av-digits.

    python3 examples/few-rows/tables.py EASY_VQA AV_DIGITS OUT

EASY_VQA and AV_DIGITS are folders with train.csv and validation.csv. OUT gets, for each of vqa and av, tables
to pretrain encoders on (pictures, questions, sounds), train-100.csv to train-3000.csv, of which each holds the
smaller ones, and validation.csv of 300 rows; and for av the same with the pictures of other rows (shuffled-*),
which tell nothing of the label.
"""

import csv
import pathlib
import random
import sys

SIZES = (100, 300, 1000, 3000)
vqa, av, out = (pathlib.Path(a).resolve() for a in sys.argv[1:4])


def read(table):
    with open(table, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        for column in ("image", "audio"):
            if column in row:
                row[column] = str(table.parent / row[column])
    return rows


def write(table, rows, *columns):
    table.parent.mkdir(parents=True, exist_ok=True)
    with open(table, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)


def pictures(rows):
    """Each picture once, with its shape and colour, which the answers to other questions tell."""
    known = {}
    for row in rows:
        labels = known.setdefault(row["image"], set())
        if row["label"] not in ("yes", "no"):
            labels.add(row["label"])
    return [{"image": i, "label": "|".join(sorted(s))} for i, s in known.items() if len(s) == 2]


def with_all_labels(rows, few):
    """Puts a row of each label among the first ones."""
    for label in sorted({r["label"] for r in rows} - {r["label"] for r in rows[:few]}):
        there = next(i for i, r in enumerate(rows) if r["label"] == label)
        here = max(i for i in range(few) if rows[i]["label"] in ("yes", "no"))
        rows[there], rows[here] = rows[here], rows[there]
    return rows


def shuffled(rows):
    images = [r["image"] for r in rows]
    return [dict(r, image=images[(i + 37) % len(rows)]) for i, r in enumerate(rows)]


random.seed(7)
train, held_out = read(vqa / "train.csv"), read(vqa / "validation.csv")
shapes = pictures(train)
random.shuffle(shapes)
write(out / "vqa/pictures.csv", shapes, "image", "label")
write(out / "vqa/pictures-validation.csv", pictures(held_out), "image", "label")
random.shuffle(train)
write(out / "vqa/questions.csv", train[:12000], "text")
rows = with_all_labels(train[: SIZES[-1]], SIZES[0])
for n in SIZES:
    write(out / f"vqa/train-{n}.csv", rows[:n], "image", "text", "label")
random.shuffle(held_out)
write(out / "vqa/validation.csv", held_out[400:700], "image", "text", "label")

train = read(av / "train.csv")
random.shuffle(train)
write(out / "av/pictures.csv", train[:3500], "image", "label")
write(out / "av/sounds.csv", train[:3500], "audio", "label")
rest = train[3500:]
for n in SIZES:
    write(out / f"av/train-{n}.csv", rest[:n], "image", "audio", "label")
    write(out / f"av/shuffled-{n}.csv", shuffled(rest[:n]), "image", "audio", "label")
write(out / "av/validation.csv", rest[3000:3300], "image", "audio", "label")
write(out / "av/shuffled-validation.csv", shuffled(rest[3000:3300]), "image", "audio", "label")
