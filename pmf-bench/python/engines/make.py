"""Makes a ViT-base, a BERT-base and 16 rows for drive.py, all random.

    python make.py FOLDER TOKENIZER

TOKENIZER is a folder with tokenizer files, such as pmf-demo/encoders/text.
"""

import random
import shutil
import sys
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from transformers import BertConfig, BertModel, ViTConfig, ViTImageProcessor, ViTModel

folder, tokens = Path(sys.argv[1]), Path(sys.argv[2])
torch.manual_seed(0)
random.seed(0)
ViTModel(ViTConfig(), add_pooling_layer=False).save_pretrained(folder / "vit")
ViTImageProcessor().save_pretrained(folder / "vit")
BertModel(BertConfig()).save_pretrained(folder / "bert")
for file in tokens.iterdir():
    if "token" in file.name or file.name == "vocab.txt":
        shutil.copy(file, folder / "bert")
pixels = np.random.default_rng(0)
words = ["red", "big", "a", "small", "shape"]
with open(folder / "rows.csv", "w") as table:
    table.write("image,text,label\n")
    for i in range(16):
        picture = pixels.integers(0, 255, (224, 224, 3), np.uint8)
        Image.fromarray(picture).save(folder / f"{i}.png")
        text = " ".join(random.choice(words) for _ in range(80))
        table.write(f"{i}.png,{text},{'ab'[i % 2]}\n")
