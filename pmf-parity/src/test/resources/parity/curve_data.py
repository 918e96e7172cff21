"""The data of pmf/curve as a user would bring it: CSV, PNG files, a tokenizer and an image processor."""

import csv

import numpy
import torch
from PIL import Image
from transformers import BertTokenizerFast, ViTImageProcessor

BATCH = 4
LABELS = ["circle", "square", "triangle"]  # Sorted order and order of appearance agree.
VOCABULARY = (
    "[PAD] [UNK] [CLS] [SEP] [MASK] a the is it this what where of in on and not no yes ? , . "
    "red green blue grey dark light big small tiny round corner ##s ##ed ##ish ##er ##est "
    "circle square triangle shape line point side left right top under near"
).split()
TEXTS = [
    "a big red shape, round",
    "the shape is squares?",
    "a small triangle",
    "Reddish circles on the left.",
    "this is it",
    "what is the bluest point of a dark grey line near the corner, is it round or not?",
    "greenish",
    "square, not circle",
]


def write_data(folder, image_encoder, text_encoder, generator, rows=16):
    """train.csv and images/ in ``folder``; the preprocessing beside the encoders."""
    (text_encoder / "vocab.txt").write_text("\n".join(VOCABULARY) + "\n")
    tokenizer = BertTokenizerFast(
        vocab_file=str(text_encoder / "vocab.txt"), do_lower_case=True, model_max_length=24
    )
    tokenizer.save_pretrained(text_encoder)
    # The images have this size already, so resizing leaves them as they are.
    half = [0.5, 0.5, 0.5]
    ViTImageProcessor(
        size={"height": 16, "width": 16}, image_mean=half, image_std=half
    ).save_pretrained(image_encoder)

    (folder / "images").mkdir()
    with open(folder / "train.csv", "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["image", "text", "label"])
        for row in range(rows):
            label = row % len(LABELS)
            pixels = torch.randint(0, 256, (16, 16, 3), generator=generator)
            pixels[4:12, 4:12, label] = 255  # What the label says, in part.
            name = f"images/{row:02}.png"
            Image.fromarray(pixels.numpy().astype(numpy.uint8)).save(folder / name)
            table.writerow([name, TEXTS[(row * 5) % len(TEXTS)], LABELS[label]])


def read_batches(folder, image_encoder, text_encoder):
    """Batches of 4 rows in the order of the CSV file, texts padded to the longest of each batch."""
    processor = ViTImageProcessor.from_pretrained(image_encoder)
    tokenizer = BertTokenizerFast.from_pretrained(text_encoder)
    with open(folder / "train.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    batches = []
    for start in range(0, len(rows), BATCH):
        part = rows[start : start + BATCH]
        images = [Image.open(folder / r["image"]).convert("RGB") for r in part]
        text = tokenizer([r["text"] for r in part], padding=True, return_tensors="pt")
        inputs = {
            "image": {"pixel_values": processor(images, return_tensors="pt")["pixel_values"]},
            "text": {k: text[k] for k in ("input_ids", "token_type_ids", "attention_mask")},
        }
        batches.append((inputs, torch.tensor([LABELS.index(r["label"]) for r in part])))
    return batches
