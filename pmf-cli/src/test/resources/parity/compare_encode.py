"""Holds what ``pmf encode`` wrote against transformers.

    python compare_encode.py ENCODER hidden.safetensors [--inputs inputs.safetensors] [--tolerance 1e-4]
    python compare_encode.py --make bert-base|vit-base DIR [--seed 0]

The first form runs transformers in float32 on the inputs that the file holds (or ``--inputs``) and
prints, for each tensor, the largest absolute difference over real tokens, and for scale the largest
absolute value. It ends with 1 if one is above the tolerance or missing, with 2 on wrong usage.

The second form writes a random encoder of base size and ``inputs.safetensors`` for it:

    python compare_encode.py --make bert-base DIR
    pmf encode --encoder DIR --inputs DIR/inputs.safetensors --out hidden.safetensors
    python compare_encode.py DIR hidden.safetensors --inputs DIR/inputs.safetensors
"""

import argparse
import sys
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from transformers import AutoModel, BertConfig, BertModel, ViTConfig, ViTModel, logging

from hf_reference import deterministic, encode, randomize

INPUTS = (
    "pixel_values",
    "input_ids",
    "token_type_ids",
    "attention_mask",
    "input_values",
    "input_features",
)


def make(kind, folder, seed):
    generator = deterministic(seed)
    if kind == "bert-base":
        model = BertModel(BertConfig(), add_pooling_layer=False)
        lengths = torch.tensor([64, 37, 12, 1])
        mask = (torch.arange(64) < lengths[:, None]).long()
        ids = torch.randint(1, model.config.vocab_size, mask.shape, generator=generator)
        types = torch.randint(0, 2, mask.shape, generator=generator)
        inputs = {
            "input_ids": ids * mask,
            "token_type_ids": types * mask,
            "attention_mask": mask,
        }
    else:
        model = ViTModel(ViTConfig(), add_pooling_layer=False)
        inputs = {"pixel_values": torch.randn(2, 3, 224, 224, generator=generator)}
    # The scale of trained weights of this width: attention is neither flat nor a single peak.
    randomize(model, generator, weight_std=0.04, vector_std=0.1).save_pretrained(folder)
    save_file(inputs, Path(folder) / "inputs.safetensors")


def difference(found, expected, mask):
    """Largest absolute difference; states at padding are nobody's concern."""
    distance = (found.float() - expected).abs()
    if mask is not None and distance.dim() == 3 and mask.shape == distance.shape[:2]:
        distance = distance[mask.bool()]
    # A NaN must not pass for a small number.
    return distance.nan_to_num(nan=float("inf")).max().item()


def compare(encoder, hidden, inputs_file, tolerance):
    found = load_file(hidden)
    source = load_file(inputs_file) if inputs_file else found
    inputs = {k: source[k] for k in INPUTS if k in source}
    if not inputs:
        print(f"{inputs_file or hidden} holds no inputs ({', '.join(INPUTS)}): give --inputs", file=sys.stderr)
        return 2
    model = AutoModel.from_pretrained(encoder, attn_implementation="eager", dtype=torch.float32)
    expected = encode(model, inputs)
    failed = 0
    for key, value in expected.items():
        if key not in found:
            line, good = "missing", False
        elif found[key].shape != value.shape:
            line, good = f"shape {list(found[key].shape)}, expected {list(value.shape)}", False
        else:
            distance = difference(found[key], value, inputs.get("attention_mask"))
            good = distance <= tolerance
            line = f"{distance:.2e}  of {value.abs().max().item():.2e}"
        failed += not good
        print(f"{key:20} {line}{'' if good else '  <-'}")
    extra = [k for k in found if k.startswith("hidden_states.") and k not in expected]
    for key in extra:
        print(f"{key:20} not expected  <-")
    failed += len(extra)
    print(f"{failed} of {len(expected)} above {tolerance:g}, missing or not expected" if failed else "equal")
    return 1 if failed else 0


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--make", choices=("bert-base", "vit-base"))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--inputs", type=Path)
    parser.add_argument("--tolerance", type=float, default=1e-4)
    parser.add_argument("directory", type=Path)
    parser.add_argument("hidden", type=Path, nargs="?")
    args = parser.parse_args()
    logging.disable_progress_bar()
    logging.set_verbosity_error()
    if args.make:
        if args.hidden is not None:
            parser.error("--make takes one directory")
        make(args.make, args.directory, args.seed)
        return 0
    if args.hidden is None:
        parser.error("name the file that pmf encode wrote")
    return compare(args.directory, args.hidden, args.inputs, args.tolerance)


if __name__ == "__main__":
    sys.exit(main())
