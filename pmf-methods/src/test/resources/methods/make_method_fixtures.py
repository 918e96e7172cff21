"""Writes encoders/ and cases/: tiny encoders, and for each case what a fusion method computes on them.

    python make_method_fixtures.py        (torch 2.7.1, transformers 4.57.1, safetensors)
"""

import json
import math
import shutil
from pathlib import Path

import torch
from safetensors.torch import save_file
from transformers import AutoModel, BertConfig, BertModel, ViTConfig, ViTModel, logging

from method_reference import FULL, METHODS, shapes

HERE = Path(__file__).parent
WORDS = "[PAD] [UNK] [CLS] [SEP] [MASK] a b c d e f g h i j k l m n o".split()
IMAGE, TEXT, CAPTION = {"image": "image-8"}, {"text": "text-12"}, {"caption": "text-8"}

CASES = {
    "linear-probe": {"encoders": IMAGE | TEXT},
    "linear-probe-missing": {"method": "linear-probe", "encoders": IMAGE | TEXT, "missing": ["image"]},
    "unimodal": {"encoders": TEXT},
    "late-concat": {"encoders": IMAGE | TEXT},
    "late-concat-missing": {"method": "late-concat", "encoders": IMAGE | TEXT, "missing": ["text"]},
    "mmbt": {"encoders": IMAGE | TEXT, "settings": {"regions": 2}},
    "mmbt-main-image": {"method": "mmbt", "encoders": IMAGE | CAPTION, "settings": {"main": "image", "regions": 3}},
    "mmbt-missing": {
        "method": "mmbt",
        "encoders": IMAGE | TEXT | CAPTION,
        "settings": {"regions": 9},
        "missing": ["caption"],
    },
    "mbt": {"encoders": IMAGE | CAPTION, "settings": {"bottleneck-tokens": 3, "fusion-layers": 2}},
    "mbt-unequal": {"method": "mbt", "encoders": IMAGE | TEXT, "settings": {"bottleneck-tokens": 2, "fusion-layers": 2}},
    "mbt-one-layer": {"method": "mbt", "encoders": TEXT | IMAGE, "settings": {"bottleneck-tokens": 4, "fusion-layers": 1}},
    "mbt-missing": {
        "method": "mbt",
        "encoders": IMAGE | TEXT,
        "settings": {"bottleneck-tokens": 2, "fusion-layers": 2},
        "missing": ["image"],
    },
    "prompt-fuse": {"encoders": IMAGE | TEXT, "settings": {"prompt-length": 3}},
    "prompt-fuse-main-image": {
        "method": "prompt-fuse",
        "encoders": CAPTION | TEXT | IMAGE,
        "settings": {"prompt-length": 2, "main": "image"},
    },
    "prompt-fuse-missing": {
        "method": "prompt-fuse",
        "encoders": IMAGE | TEXT,
        "settings": {"prompt-length": 3},
        "missing": ["image"],
    },
    "mope": {"encoders": IMAGE | TEXT},
    "mope-even": {
        "method": "mope",
        "encoders": IMAGE | TEXT | CAPTION,
        "settings": {"temperature": 100.0, "main": "image", "experts": 2},
    },
    "mope-missing": {"method": "mope", "encoders": IMAGE | TEXT | CAPTION, "missing": ["caption"]},
    "mope-alone": {"method": "mope", "encoders": IMAGE | TEXT, "missing": ["image"]},
}
MOPE = {"experts": 3, "prompt-length": 2, "temperature": 0.5, "mapping-width": 5, "importance": 0.2}


@torch.no_grad()
def randomize(model, generator):
    """Weights, biases and norms large enough that leaving any of them out would show."""
    for name, p in sorted(model.named_parameters()):
        noise = torch.randn(p.shape, generator=generator)
        norm = "norm" in name.lower() and name.endswith("weight")
        p.copy_(1 + 0.3 * noise if norm else (0.3 if name.endswith("bias") else 0.4) * noise)
    return model


def make_encoders():
    generator = torch.Generator().manual_seed(5)
    root = HERE / "encoders"
    shape = ("hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size")
    vit = ViTConfig(image_size=8, patch_size=4, **dict(zip(shape, (8, 2, 2, 12))))
    randomize(ViTModel(vit, add_pooling_layer=False), generator).save_pretrained(root / "image-8")
    half = [0.5, 0.5, 0.5]
    (root / "image-8" / "preprocessor_config.json").write_text(
        json.dumps(
            {
                "image_processor_type": "ViTImageProcessor",
                "do_resize": True,
                "do_rescale": True,
                "do_normalize": True,
                "resample": 2,
                "rescale_factor": 1 / 255,
                "image_mean": half,
                "image_std": half,
                "size": {"height": 8, "width": 8},
            },
            indent=2,
        )
        + "\n"
    )
    for name, sizes in {"text-12": (12, 3, 3, 16), "text-8": (8, 2, 1, 10)}.items():
        bert = BertConfig(vocab_size=len(WORDS), max_position_embeddings=8, **dict(zip(shape, sizes)))
        randomize(BertModel(bert, add_pooling_layer=False), generator).save_pretrained(root / name)
        (root / name / "vocab.txt").write_text("\n".join(WORDS) + "\n")


def load_encoders(case, dtype):
    return {
        m: AutoModel.from_pretrained(
            HERE / "encoders" / folder,
            add_pooling_layer=False,
            attn_implementation="eager",
            dtype=dtype,
        ).eval()
        for m, folder in case["encoders"].items()
    }


def make_trained(case, encoders, generator):
    """Prompts and embeddings N(0, 0.5²), far from the 0.02 of training so that they show."""
    made = {}
    sizes = shapes(case, encoders)
    for name, size in sizes.items():
        if name.endswith((".weight", ".bias")) and "embeddings" not in name:
            fan_in = sizes[name.replace(".bias", ".weight")][-1]
            made[name] = (2 * torch.rand(size, generator=generator) - 1) / math.sqrt(fan_in)
        else:
            made[name] = 0.5 * torch.randn(size, generator=generator)
    return made


def make_inputs(case, encoders, generator, batch=3):
    inputs = {}
    for m, encoder in encoders.items():
        config = encoder.config
        if config.model_type == "vit":
            side = config.image_size
            inputs[m] = {"pixel_values": torch.randn(batch, 3, side, side, generator=generator)}
            continue
        longest = 6
        lengths = [longest, 4, 2]
        ids = torch.randint(5, config.vocab_size, (batch, longest), generator=generator)
        mask = torch.tensor([[int(i < n) for i in range(longest)] for n in lengths])
        inputs[m] = {
            "input_ids": ids * mask,
            "attention_mask": mask,
            "token_type_ids": torch.zeros_like(ids),
        }
    return {m: t for m, t in inputs.items() if m not in case["missing"]}


def compute(case, trained, inputs, labels, dtype):
    encoders = load_encoders(case, dtype)
    w = {name: t.to(dtype).requires_grad_() for name, t in trained.items()}
    inputs = {
        m: {k: t.to(dtype) if t.is_floating_point() else t for k, t in own.items()}
        for m, own in inputs.items()
    }
    if case["method"] in FULL:
        by_name = {
            f"encoder.{m}.{name}": p for m, e in encoders.items() for name, p in e.named_parameters()
        }
    else:
        by_name = {}
        for e in encoders.values():
            e.requires_grad_(False)
    torch.set_default_dtype(dtype)
    logits, penalty = METHODS[case["method"]](case, encoders, w, inputs)
    torch.set_default_dtype(torch.float32)
    loss = torch.nn.functional.cross_entropy(logits, labels) + penalty
    by_name |= w
    gradients = torch.autograd.grad(loss, list(by_name.values()), allow_unused=True)
    found = {"logits": logits.detach(), "loss": loss.detach().reshape(1)}
    for (name, p), g in zip(by_name.items(), gradients):
        found[f"grad.{name}"] = torch.zeros_like(p) if g is None else g
    return {name: t.float().contiguous().clone() for name, t in found.items()}


def write_case(name, overrides):
    case = {"method": name, "settings": {}, "missing": [], "outputs": 4} | overrides
    if case["method"] == "mope":
        case["settings"] = MOPE | case["settings"]
    generator = torch.Generator().manual_seed(sum(map(ord, name)))
    encoders = load_encoders(case, torch.float32)
    trained = make_trained(case, encoders, generator)
    inputs = make_inputs(case, encoders, generator)
    labels = torch.tensor([2, 0, 3])
    single = compute(case, trained, inputs, labels, torch.float32)
    double = compute(case, trained, inputs, labels, torch.float64)
    # Of a key's bias the gradient is zero but for rounding: softmax does not see it.
    error = max(
        (single[k] - double[k]).abs().max().item() / max(1e-3, double[k].abs().max().item()) for k in double
    )
    assert error < 1e-4, (name, error)
    folder = HERE / "cases" / name
    folder.mkdir(parents=True)
    (folder / "case.json").write_text(json.dumps(case, indent=2) + "\n")
    save_file(trained, folder / "adapter_model.safetensors", metadata={"format": "pt"})
    flat = {f"{m}.{k}": t for m, own in inputs.items() for k, t in own.items()}
    save_file(flat | {"labels": labels}, folder / "inputs.safetensors")
    save_file(single, folder / "expected.safetensors")
    print(f"{name}: loss {single['loss'].item():.4f}, {len(single)} tensors, rounding {error:.1e}")


def main():
    logging.set_verbosity_error()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(5)
    for folder in ("encoders", "cases"):
        shutil.rmtree(HERE / folder, ignore_errors=True)
    make_encoders()
    for name, overrides in CASES.items():
        write_case(name, overrides)
    print(sum(f.stat().st_size for f in HERE.rglob("*") if f.is_file()), "bytes")


if __name__ == "__main__":
    main()
