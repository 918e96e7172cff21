"""Trains heads on pooled vectors alone, as pmf trains them: AdamW, warm-up, cosine, clipped gradients.

    python3 examples/few-rows/heads.py TABLES

TABLES is the folder that tables.py has filled, with a file of `pmf encode` beside each table that is used, such as
av/train-3000-image.safetensors. Prints the accuracy of the last epoch, mean and standard deviation of three seeds.
Needs torch and safetensors.
"""

import csv
import math
import pathlib
import sys

import torch
from safetensors import safe_open
from torch import nn
from torch.nn import functional

FOLDER = pathlib.Path(sys.argv[1])
RATE, BATCH, WARMUP, DECAY, FEW_ROWS = 3e-3, 32, 0.1, 0.01, 300


def pooled(name, modality):
    with safe_open(FOLDER / f"{name}-{modality}.safetensors", "pt") as file:
        return file.get_tensor("pooled").float()


def labels(name):
    with open(FOLDER / f"{name}.csv", newline="", encoding="utf-8") as file:
        return [row["label"] for row in csv.DictReader(file)]


class Set:
    def __init__(self, folder, *modalities, shuffled=None, wrong=0.0):
        train, validation = labels(f"{folder}/train-3000"), labels(f"{folder}/validation")
        names = sorted(set(train))
        self.outputs = len(names)
        self.y = torch.tensor([names.index(label) for label in train])
        self.y_validation = torch.tensor([names.index(label) for label in validation])
        draw = torch.Generator().manual_seed(0)
        self.x, self.x_validation = [], []
        for m in modalities:
            x, v = pooled(f"{folder}/train-3000", m), pooled(f"{folder}/validation", m)
            if m == shuffled:
                x, v = x[torch.randperm(len(x), generator=draw)], v[torch.randperm(len(v), generator=draw)]
            self.x.append(x)
            self.x_validation.append(v)
        flipped = torch.rand(len(self.y), generator=draw) < wrong
        self.y[flipped] = torch.randint(0, self.outputs, (int(flipped.sum()),), generator=draw)


def linear(inputs, outputs):
    layer = nn.Linear(inputs, outputs)
    bound = 1 / math.sqrt(inputs)
    nn.init.uniform_(layer.weight, -bound, bound)
    nn.init.uniform_(layer.bias, -bound, bound)
    return layer


class Averaged(nn.Module):
    def __init__(self, widths, outputs):
        super().__init__()
        self.heads = nn.ModuleList(linear(w, outputs) for w in widths)

    def forward(self, xs):
        return sum(h(x) for h, x in zip(self.heads, xs)) / len(xs)


class Joint(nn.Module):
    def __init__(self, widths, outputs, hidden=256, normalised=False):
        super().__init__()
        self.first, self.second, self.normalised = linear(sum(widths), hidden), linear(hidden, outputs), normalised

    def forward(self, xs):
        if self.normalised:
            xs = [functional.layer_norm(x, x.shape[-1:]) for x in xs]
        return self.second(functional.gelu(self.first(torch.cat(xs, 1))))


def accuracy(data, n, seed, epochs, make, penalty):
    torch.manual_seed(seed)
    x, y = [v[:n] for v in data.x], data.y[:n]
    head = make([v.shape[1] for v in x], data.outputs)
    matrices = [p for p in head.parameters() if p.dim() > 1]
    biases = [p for p in head.parameters() if p.dim() == 1]
    groups = [{"params": matrices, "weight_decay": DECAY}, {"params": biases, "weight_decay": 0}]
    optimizer = torch.optim.AdamW(groups, lr=RATE, betas=(0.9, 0.98))
    total = math.ceil(n / BATCH) * epochs
    warmup, step = round(WARMUP * total), 0
    for _ in range(epochs):
        for rows in torch.randperm(n).split(BATCH):
            step += 1
            rising = step / max(1, warmup)
            falling = 0.5 * (1 + math.cos(math.pi * (step - warmup) / max(1, total - warmup)))
            for group in optimizer.param_groups:
                group["lr"] = RATE * (rising if step <= warmup else falling)
            loss = functional.cross_entropy(head([v[rows] for v in x]), y[rows])
            loss = loss + penalty / max(FEW_ROWS, n) / 2 * sum((w**2).sum() for w in matrices)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(head.parameters(), 1.0)
            optimizer.step()
    with torch.no_grad():
        return (head(data.x_validation).argmax(1) == data.y_validation).float().mean().item()


HEADS = {
    "averaged": (Averaged, 0),
    "joint, as it is": (lambda w, o: Joint(w, o, normalised=True), 10),
    "not penalised": (lambda w, o: Joint(w, o, normalised=True), 0),
    "nor normalised": (Joint, 0),
    "nor so wide (32)": (lambda w, o: Joint(w, o, hidden=32), 0),
}
SETS = {
    "easy-VQA": Set("vqa", "image", "text"),
    "av-digits": Set("av", "image", "audio"),
    "pictures of other rows": Set("av", "image", "audio", shuffled="image"),
    "... and 15 % of labels wrong": Set("av", "image", "audio", shuffled="image", wrong=0.15),
}

torch.set_num_threads(1)
print("| rows | set | epochs |", " | ".join(HEADS), "|")
for n in (100, 300, 1000, 3000):
    for name, data in SETS.items():
        for epochs in (10, 40) if n < 1000 else (10,):
            cells = []
            for make, penalty in HEADS.values():
                found = torch.tensor([accuracy(data, n, seed, epochs, make, penalty) for seed in range(3)])
                cells.append(f"{found.mean():.3f} ± {found.std():.3f}")
            print(f"| {n:,} | {name} | {epochs} |", " | ".join(cells), "|", flush=True)
