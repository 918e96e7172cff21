"""Writes encoders of the parity tests once more, as PyTorch checkpoints of all kinds.

python3 -m venv venv
venv/bin/pip install torch==2.7.1 transformers==4.57.1 safetensors==0.8.0 numpy==2.4.6
venv/bin/python make_checkpoints.py

Each folder has weights alone; config.json and inputs are those of parity/encoders/bert-gelu, or for
text-16 those of parity/pmf/encoders/text-16.
"""

import pathlib
import shutil

import torch
from safetensors.torch import load_file
from transformers import BertModel

HERE = pathlib.Path(__file__).parent
BERT = HERE.parent / "parity/encoders/bert-gelu"
TEXT = HERE.parent / "parity/pmf/encoders/text-16"


def save(values, folder, name="pytorch_model.bin", **how):
    (HERE / folder).mkdir(exist_ok=True)
    torch.save(values, HERE / folder / name, **how)


def renamed(values, prefix, old_norms=False):
    names = {k: prefix + k for k in values}
    if old_norms:
        for k, v in names.items():
            v = v.replace("LayerNorm.weight", "LayerNorm.gamma")
            names[k] = v.replace("LayerNorm.bias", "LayerNorm.beta")
    return {names[k]: v for k, v in values.items()}


def main():
    values = load_file(BERT / "model.safetensors")
    save(values, "zip")
    save(values, "legacy", _use_new_zipfile_serialization=False)
    save(values, "protocol-5", pickle_protocol=5)
    model = torch.nn.Module()
    model.bert = BertModel.from_pretrained(BERT)
    parallel = torch.nn.DataParallel(model).state_dict()
    parallel = {k: v for k, v in parallel.items() if "position_ids" not in k}
    head = {"module.classifier.weight": torch.zeros(2, 16)}
    save(
        {"epoch": 2, "state_dict": renamed({**parallel, **head}, "", old_norms=True)},
        "data-parallel-old-norms",
    )
    save(renamed(values, "_orig_mod."), "compiled")
    save(renamed(values, "0.auto_model."), "sentence-transformers")
    save(renamed(values, "model.") | {"head.weight": torch.zeros(2, 16)}, "lightning")
    save({k: v.t().contiguous().t() if v.dim() == 2 else v for k, v in values.items()}, "transposed")
    save(values, "variant", "pytorch_model.fp32.bin")
    sharded = HERE / "sharded"
    shutil.rmtree(sharded, ignore_errors=True)
    BertModel.from_pretrained(BERT).save_pretrained(
        sharded, safe_serialization=False, max_shard_size="8KB"
    )
    (sharded / "config.json").unlink()
    save(load_file(TEXT / "model.safetensors"), "text-16")


if __name__ == "__main__":
    main()
