"""Writes pmf/: tiny PMF models, inputs, and the logits, losses, gradients and training curve expected.

    python make_pmf_fixtures.py        (torch 2.7.1, transformers 4.57.1, safetensors, Pillow)
"""

import json
import math
import shutil
import zlib
from pathlib import Path

import torch
from safetensors.torch import save_file
from transformers import AutoModel, BertConfig, BertModel, ViTConfig, ViTModel, logging

import pmf_memory_form
from curve_data import BATCH, LABELS, VOCABULARY, read_batches, write_data
from hf_reference import deterministic, randomize
from pmf_reference import adapter_shapes, forward, loss_of

OUT = Path(__file__).parent / "pmf"
TWO = {"image": "image-16", "text": "text-16"}

DEFAULTS = {
    "encoders": TWO,
    "fusion_layers": 2,
    "prompt_length": 4,
    "mapping_width": None,
    "mapping_activation": "relu",
    "head": "average",
    "task": "classification",
    "outputs": 3,
}
CASES = {
    "average": {},
    "unequal": {
        "encoders": {"image": "image-24", "text": "text-16"},
        "fusion_layers": 3,
        "prompt_length": 2,
        "mapping_width": 10,
        "mapping_activation": "gelu",
        "outputs": 5,
    },
    "smallest": {"fusion_layers": 1, "prompt_length": 1},
    "joint": {"head": "joint", "joint_width": 10, "encoders": {"image": "image-24", "text": "text-16"}},
    "three": {"encoders": TWO | {"caption": "text-12"}, "prompt_length": 3},
    "multi-label": {"task": "multi-label", "outputs": 4},
    "regression": {"task": "regression", "outputs": 1},
}


def vit(folder, generator, **settings):
    config = ViTConfig(image_size=16, **settings, attn_implementation="eager")
    randomize(ViTModel(config, add_pooling_layer=False), generator, 0.35).save_pretrained(folder)


def bert(folder, generator, **settings):
    config = BertConfig(
        vocab_size=len(VOCABULARY),
        max_position_embeddings=24,
        **settings,
        attn_implementation="eager",
    )
    randomize(BertModel(config, add_pooling_layer=False), generator, 0.35).save_pretrained(folder)


def make_encoders():
    generator = deterministic(1)
    root = OUT / "encoders"
    shape = ("hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size")
    vit(root / "image-16", generator, patch_size=4, **dict(zip(shape, (16, 3, 4, 24))))
    vit(root / "image-24", generator, patch_size=8, **dict(zip(shape, (24, 4, 3, 32))))
    bert(root / "text-16", generator, **dict(zip(shape, (16, 3, 2, 24))))
    bert(root / "text-12", generator, **dict(zip(shape, (12, 2, 1, 20))))


def load_encoders(case, dtype=torch.float32):
    encoders = {}
    for name, folder in case["encoders"].items():
        model = AutoModel.from_pretrained(
            OUT / "encoders" / folder,
            add_pooling_layer=False,
            attn_implementation="eager",
            dtype=dtype,
        )
        encoders[name] = model.eval().requires_grad_(False)
    return encoders


def make_adapter(case, encoders, generator):
    """Prompts N(0, 0.5²), far from the 0.02 of training so that they show; the rest uniform ±1/√fan-in."""
    shapes = adapter_shapes(case, encoders)
    adapter = {}
    for key, shape in shapes.items():
        if key.endswith("prompt"):
            adapter[key] = 0.5 * torch.randn(shape, generator=generator)
        else:
            fan_in = shapes.get(key.replace(".bias", ".weight"), shape)[-1]
            adapter[key] = (2 * torch.rand(shape, generator=generator) - 1) / math.sqrt(fan_in)
    return adapter


def make_inputs(case, encoders, generator, batch=3):
    inputs = {}
    for name, encoder in encoders.items():
        config = encoder.config
        if config.model_type == "vit":
            pixels = torch.randn(batch, 3, config.image_size, config.image_size, generator=generator)
            inputs[name] = {"pixel_values": pixels}
            continue
        lengths = torch.randperm(8, generator=generator)[:batch] + 2
        longest = int(lengths.max())
        mask = (torch.arange(longest) < lengths[:, None]).long()
        ids = torch.randint(1, config.vocab_size, mask.shape, generator=generator) * mask
        types = torch.randint(0, 2, mask.shape, generator=generator) * mask
        inputs[name] = {"input_ids": ids, "token_type_ids": types, "attention_mask": mask}
    return inputs


def make_labels(case, generator, batch=3):
    if case["task"] == "classification":
        return torch.randint(0, case["outputs"], (batch,), generator=generator)
    if case["task"] == "multi-label":
        return torch.randint(0, 2, (batch, case["outputs"]), generator=generator).float()
    return torch.randn(batch, case["outputs"], generator=generator)


def flat(inputs):
    return {f"{m}.{key}": value for m, each in inputs.items() for key, value in each.items()}


def evaluate(case, encoders, adapter, inputs, labels, **form):
    """Logits, loss and the gradient of every adapter tensor."""
    leaves = {k: v.detach().clone().requires_grad_() for k, v in adapter.items()}
    logits = forward(case, encoders, leaves, inputs, **form)
    loss = loss_of(case, logits, labels)
    gradients = torch.autograd.grad(loss, list(leaves.values()))
    result = {"logits": logits.detach().clone(), "loss": loss.detach().clone()}
    return result | {f"grad.{k}": g.clone() for k, g in zip(leaves, gradients)}


def check_forms_agree(name, case, adapter, inputs, labels):
    """Both forms in double precision, but for the softmax that transformers' ViT does in single."""
    encoders = load_encoders(case, torch.float64)
    wide = {k: v.double() for k, v in adapter.items()}
    pixels = {
        m: {k: v.double() if v.is_floating_point() else v for k, v in each.items()}
        for m, each in inputs.items()
    }
    labels = labels.double() if labels.is_floating_point() else labels
    literal = evaluate(case, encoders, wide, pixels, labels)
    other = evaluate(case, encoders, wide, pixels, labels, fuse=pmf_memory_form.fusion_layer)
    worst = max((literal[k] - other[k]).abs().max().item() for k in literal)
    assert worst < 1e-6, (name, worst)
    return literal, worst


def write_case(name, overrides):
    generator = deterministic(zlib.crc32(name.encode()))
    case = DEFAULTS | overrides
    case["modalities"] = list(case["encoders"])
    encoders = load_encoders(case)
    adapter = make_adapter(case, encoders, generator)
    inputs = make_inputs(case, encoders, generator)
    labels = make_labels(case, generator)
    expected = evaluate(case, encoders, adapter, inputs, labels)
    exact, forms = check_forms_agree(name, case, adapter, inputs, labels)
    error = max((expected[k] - exact[k]).abs().max().item() for k in expected)
    smallest = min(v.abs().max().item() for k, v in expected.items() if k.startswith("grad."))
    assert smallest > 3e-5, (name, "a gradient too small to show an error", smallest)
    folder = OUT / name
    folder.mkdir(parents=True)
    save_file(adapter, folder / "adapter_model.safetensors", metadata={"format": "pt"})
    save_file(flat(inputs) | {"labels": labels}, folder / "inputs.safetensors")
    save_file(expected, folder / "expected.safetensors")
    (folder / "case.json").write_text(json.dumps(case, indent=2) + "\n")
    print(f"{name:12} loss {expected['loss']:.4f}  smallest gradient {smallest:.1e}  rounding {error:.1e}  forms {forms:.1e}")


def multiplier(step, warmup=4, steps=20):
    if step < warmup:
        return (step + 1) / warmup
    return 0.5 * (1 + math.cos(math.pi * (step - warmup) / (steps - warmup)))


def train(case, encoders, adapter, batches, epochs=5):
    leaves = {k: v.detach().clone().requires_grad_() for k, v in adapter.items()}
    decayed = [v for k, v in leaves.items() if v.dim() >= 2 and not k.endswith("prompt")]
    plain = [v for k, v in leaves.items() if v.dim() < 2 or k.endswith("prompt")]
    groups = [
        {"params": decayed, "weight_decay": 0.01},
        {"params": plain, "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups, lr=5e-3, betas=(0.9, 0.999), eps=1e-8)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, multiplier)
    record = {"losses": [], "gradient_norms": [], "learning_rates": []}
    for inputs, labels in batches * epochs:
        optimizer.zero_grad()
        loss = loss_of(case, forward(case, encoders, leaves, inputs), labels)
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(leaves.values(), 1.0)
        record["losses"].append(loss.detach().float())
        record["gradient_norms"].append(norm.float())
        record["learning_rates"].append(torch.tensor(schedule.get_last_lr()[0]))
        optimizer.step()
        schedule.step()
    with torch.no_grad():
        logits = torch.cat([forward(case, encoders, leaves, inputs) for inputs, _ in batches])
    result = {k: torch.stack(v) for k, v in record.items()} | {"final_logits": logits.clone()}
    return result | {f"final.{k}": v.detach().clone() for k, v in leaves.items()}


def write_curve():
    generator = deterministic(zlib.crc32(b"curve"))
    case = DEFAULTS | {"modalities": list(TWO), "labels": LABELS, "batch_size": BATCH, "epochs": 5}
    folder = OUT / "curve"
    folder.mkdir(parents=True)
    write_data(folder, OUT / "encoders" / TWO["image"], OUT / "encoders" / TWO["text"], generator)
    batches = read_batches(folder, OUT / "encoders" / TWO["image"], OUT / "encoders" / TWO["text"])
    encoders = load_encoders(case)
    adapter = make_adapter(case, encoders, generator)
    expected = train(case, encoders, adapter, batches)

    wide = [
        ({m: {k: v.double() if v.is_floating_point() else v for k, v in e.items()} for m, e in i.items()}, l)
        for i, l in batches
    ]
    exact = train(case, load_encoders(case, torch.float64), {k: v.double() for k, v in adapter.items()}, wide)
    error = {k: (expected[k] - exact[k]).abs().max().item() for k in expected}
    final = max(v for k, v in error.items() if k.startswith("final."))
    losses = expected["losses"]
    epochs = losses.view(5, -1).mean(dim=1)
    assert (epochs.diff() < 0).all(), epochs
    clipped = expected["gradient_norms"] > 1
    assert clipped.any() and not clipped.all(), expected["gradient_norms"]

    stored = {}
    for index, (inputs, labels) in enumerate(batches):
        for key, value in (flat(inputs) | {"labels": labels}).items():
            stored[f"batch.{index}.{key}"] = value.contiguous()
    save_file(adapter, folder / "adapter_model.safetensors", metadata={"format": "pt"})
    save_file(stored, folder / "inputs.safetensors")
    save_file(expected, folder / "expected.safetensors")
    (folder / "case.json").write_text(json.dumps(case, indent=2) + "\n")
    print("curve losses", " ".join(f"{v:.3f}" for v in losses))
    print("curve norms ", " ".join(f"{v:.2f}" for v in expected["gradient_norms"]))
    print(f"curve rounding: losses {error['losses']:.1e}, final logits {error['final_logits']:.1e}, final {final:.1e}")


def main():
    logging.set_verbosity_error()
    shutil.rmtree(OUT, ignore_errors=True)
    make_encoders()
    for name, overrides in CASES.items():
        write_case(name, overrides)
    write_curve()
    total = sum(f.stat().st_size for f in OUT.rglob("*") if f.is_file())
    assert total < 1_500_000, total
    print(f"{total} bytes")


if __name__ == "__main__":
    main()
