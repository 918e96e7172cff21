"""Trains PMF from a table, as its authors' model is trained by a usual loop: one process from start to saved weights."""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

import torch
from PIL import Image
from safetensors.torch import save_file
from torch.utils.data import DataLoader, Dataset
from transformers import BertModel, BertTokenizerFast, ViTImageProcessor, ViTModel

from pmf_model import Batch, Pmf
from variants import Training


class Rows(Dataset):
    """The rows of a table, read and prepared when they are asked for."""

    def __init__(self, table: Path, image: Path, text: Path) -> None:
        with table.open(newline="") as file:
            self.rows = list(csv.DictReader(file))
        self.folder = table.parent
        self.processor = ViTImageProcessor.from_pretrained(image)
        self.tokenizer = BertTokenizerFast.from_pretrained(text)
        self.labels = sorted({row["topic"] for row in self.rows})

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index: int) -> dict[str, object]:
        row = self.rows[index]
        with Image.open(self.folder / row["photo"]) as picture:
            pixels = self.processor(picture.convert("RGB"), return_tensors="pt")["pixel_values"][0]
        return {"pixels": pixels, "text": row["title"], "label": self.labels.index(row["topic"])}

    def batch(self, rows: list[dict[str, object]]) -> Batch:
        """Rows put together, texts padded to the longest."""
        text = self.tokenizer([r["text"] for r in rows], padding=True, truncation=True, return_tensors="pt")
        return Batch(
            pixels=torch.stack([r["pixels"] for r in rows]),
            token_ids=text["input_ids"],
            token_types=text["token_type_ids"],
            attention_mask=text["attention_mask"],
            labels=torch.tensor([r["label"] for r in rows]),
        )


def main() -> None:
    """Trains and saves."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("--data", "--image", "--text", "--out"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--epochs", type=int, required=True)
    parser.add_argument("--batch-size", type=int, default=8)
    parser.add_argument("--attention", default="eager")
    parser.add_argument("--precision", default="fp32")
    given = parser.parse_args()
    torch.manual_seed(0)
    data = Rows(given.data, given.image, given.text)
    image = ViTModel.from_pretrained(given.image, add_pooling_layer=False, attn_implementation=given.attention)
    text = BertModel.from_pretrained(given.text, add_pooling_layer=False, attn_implementation=given.attention)
    training = Training(Pmf(image, text, fusion_layers=2, prompts=4, classes=len(data.labels)))
    loader = DataLoader(data, batch_size=given.batch_size, shuffle=True, collate_fn=data.batch)
    for epoch in range(given.epochs):
        for batch in loader:
            training.step(lambda pmf, b=batch: pmf(b), batch, given.precision)()
        print(f"epoch {epoch + 1}/{given.epochs}", flush=True)
    save_file({k: v.detach().contiguous() for k, v in training.model.trainable().items()}, given.out)


if __name__ == "__main__":
    main()
