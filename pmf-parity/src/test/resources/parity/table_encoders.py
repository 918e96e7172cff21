"""Fixtures of FT-Transformers (Gorishniy et al., 2021), written from the paper with PyTorch's own layers."""

import json
import math
import shutil

import torch
from safetensors.torch import save_file
from torch import nn
from torch.nn import functional as F

from encoder_fixture import OUT
from hf_reference import deterministic


class FeatureTokenizer(nn.Module):
    """A token of each number and category, CLS first."""

    def __init__(self, numbers, cardinalities, d):
        super().__init__()
        self.cls = nn.Parameter(torch.empty(1, 1, d))
        self.numbers = nn.ParameterDict()
        self.categories = nn.ParameterDict()
        if numbers:
            for name in ("weight", "bias", "missing"):
                self.numbers[name] = nn.Parameter(torch.empty(1, numbers, d))
        if cardinalities:
            self.categories["table"] = nn.Parameter(torch.empty(sum(cardinalities), d))
            self.categories["bias"] = nn.Parameter(torch.empty(1, len(cardinalities), d))

    def forward(self, inputs):
        rows = next(iter(inputs.values())).shape[0]
        tokens = [self.cls.expand(rows, -1, -1)]
        if len(self.numbers):
            known = inputs["numbers"][..., None] * self.numbers["weight"] + self.numbers["bias"]
            there = inputs["present"][..., None].bool()
            tokens.append(torch.where(there, known, self.numbers["missing"]))
        if len(self.categories):
            tokens.append(F.embedding(inputs["categories"], self.categories["table"]) + self.categories["bias"])
        return torch.cat(tokens, dim=1)


class Layer(nn.Module):
    """A pre-norm layer with ReGLU; the first one has no norm before its attention."""

    def __init__(self, d, heads, inner, epsilon, first):
        super().__init__()
        self.heads = heads
        self.attention_norm = nn.Identity() if first else nn.LayerNorm(d, eps=epsilon)
        self.mlp_norm = nn.LayerNorm(d, eps=epsilon)
        self.attention = nn.ModuleDict({n: nn.Linear(d, d) for n in ("query", "key", "value", "output")})
        self.mlp = nn.ModuleDict({"in": nn.Linear(d, 2 * inner), "out": nn.Linear(inner, d)})

    def split(self, x):
        return x.unflatten(-1, (self.heads, -1)).transpose(1, 2)

    def forward(self, x):
        h = self.attention_norm(x)
        q, k, v = (self.split(self.attention[n](h)) for n in ("query", "key", "value"))
        scores = q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1])
        x = x + self.attention["output"]((scores.softmax(-1) @ v).transpose(1, 2).flatten(2))
        gate, up = self.mlp["in"](self.mlp_norm(x)).chunk(2, dim=-1)
        return x + self.mlp["out"](F.relu(gate) * up)


class FtTransformer(nn.Module):
    def __init__(self, config):
        super().__init__()
        d, epsilon = config["hidden_size"], config["layer_norm_eps"]
        self.tokenizer = FeatureTokenizer(config["num_numbers"], config["cardinalities"], d)
        self.layers = nn.ModuleList(
            Layer(d, config["num_attention_heads"], config["intermediate_size"], epsilon, i == 0)
            for i in range(config["num_hidden_layers"])
        )
        self.norm = nn.LayerNorm(d, eps=epsilon)

    def forward(self, inputs):
        states = [self.tokenizer(inputs)]
        for layer in self.layers:
            states.append(layer(states[-1]))
        named = {f"hidden_states.{i}": s for i, s in enumerate(states)}
        named["last_hidden_state"] = self.norm(states[-1])
        named["pooled"] = named["last_hidden_state"][:, 0]
        return named


def fixture(name, numbers, cardinalities, rows=3, **overrides):
    config = dict(
        model_type="ft-transformer",
        hidden_size=16,
        num_hidden_layers=3,
        num_attention_heads=4,
        intermediate_size=24,
        hidden_act="relu",
        layer_norm_eps=1e-5,
        num_numbers=numbers,
        cardinalities=cardinalities,
    ) | overrides
    generator = deterministic(len(name))
    model = FtTransformer(config)
    for parameter in model.parameters():
        nn.init.normal_(parameter, std=0.35, generator=generator)
    inputs = {}
    if numbers:
        inputs["numbers"] = torch.randn(rows, numbers, generator=generator)
        inputs["present"] = (torch.rand(rows, numbers, generator=generator) < 0.7).float()
    if cardinalities:
        offsets, ids = 0, []
        for cardinality in cardinalities:
            ids.append(offsets + torch.randint(cardinality, (rows,), generator=generator))
            offsets += cardinality
        inputs["categories"] = torch.stack(ids, dim=1)
    folder = OUT / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    save_file(dict(model.state_dict()), folder / "model.safetensors", metadata={"format": "pt"})
    save_file(inputs, folder / "inputs.safetensors")
    with torch.no_grad():
        expected = {key: value.contiguous().clone() for key, value in model(inputs).items()}
    save_file(expected, folder / "expected.safetensors")


def make():
    fixture("ft-transformer", 4, [3, 5])
    fixture("ft-transformer-numbers", 5, [], num_attention_heads=1)
    fixture("ft-transformer-categories", 0, [4, 2, 7], layer_norm_eps=0.05, num_hidden_layers=1)


if __name__ == "__main__":
    make()
