"""Writes encoders/<name>/: tiny random encoders, inputs for them, and what transformers makes of those.

    python make_encoder_fixtures.py        (torch 2.7.1, transformers 4.57.1, safetensors)
"""

import json
import shutil
import zlib
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from transformers import (
    BertConfig,
    BertForMaskedLM,
    BertForSequenceClassification,
    BertModel,
    ViTConfig,
    ViTForImageClassification,
    ViTModel,
    logging,
)

from hf_reference import deterministic, encode, randomize

OUT = Path(__file__).parent / "encoders"
TOLERANCE = 1e-4  # What the tests allow; every switch below must change the outcome by 3 times that.


def bert_inputs(config, generator, lengths):
    longest = max(lengths)
    ids = torch.randint(1, config.vocab_size, (len(lengths), longest), generator=generator)
    types = torch.randint(0, config.type_vocab_size, ids.shape, generator=generator)
    mask = (torch.arange(longest) < torch.tensor(lengths)[:, None]).long()
    return {"input_ids": ids * mask, "token_type_ids": types * mask, "attention_mask": mask}


def vit_inputs(config, generator, count):
    size = config.image_size
    height, width = size if isinstance(size, (list, tuple)) else (size, size)
    shape = (count, config.num_channels, height, width)
    return {"pixel_values": torch.randn(shape, generator=generator)}


def write(name, model, inputs, shard_size="5GB", dtype=None, rename=None):
    """Saves the model and what it returns; with ``dtype``, for the weights rounded to it."""
    folder = OUT / name
    if dtype is not None:
        model = model.to(dtype)
    model.save_pretrained(folder, max_shard_size=shard_size)
    if rename is not None:
        file = folder / "model.safetensors"
        save_file(rename(load_file(file)), file, metadata={"format": "pt"})
    save_file(inputs, folder / "inputs.safetensors")
    # Read back, as a user would: what is expected belongs to the saved bytes.
    loaded = type(model).from_pretrained(
        folder, attn_implementation="eager", dtype=torch.float32
    )
    expected = encode(loaded, inputs)
    in_memory = encode(model.float(), inputs)
    for key, value in expected.items():
        assert torch.equal(value, in_memory[key]), (name, key, "a weight was not read back")
        assert torch.isfinite(value).all() and value.abs().max() < 1e3, (name, key)
    save_file(expected, folder / "expected.safetensors")
    return expected


def bert(name, lengths, cls=BertModel, std=0.35, model_args=None, save=None, **overrides):
    generator = deterministic(zlib.crc32(name.encode()))
    settings = dict(
        vocab_size=50,
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=24,
        max_position_embeddings=20,
        type_vocab_size=2,
    )
    config = BertConfig(**(settings | overrides), attn_implementation="eager")
    model = randomize(cls(config, **(model_args or {})), generator, std)
    inputs = bert_inputs(config, generator, lengths)
    expected = write(name, model, inputs, **(save or {}))
    return config, model, inputs, expected


def vit(name, count=2, cls=ViTModel, std=0.35, model_args=None, save=None, **overrides):
    generator = deterministic(zlib.crc32(name.encode()))
    settings = dict(
        hidden_size=12,
        num_hidden_layers=2,
        num_attention_heads=3,
        intermediate_size=20,
        image_size=16,
        patch_size=8,
        num_channels=3,
    )
    config = ViTConfig(**(settings | overrides), attn_implementation="eager")
    model = randomize(cls(config, **(model_args or {})), generator, std)
    inputs = vit_inputs(config, generator, count)
    expected = write(name, model, inputs, **(save or {}))
    return config, model, inputs, expected


def must_matter(fixture, **switch):
    """Asserts that an encoder which overlooks a setting would fail the fixture."""
    config, model, inputs, expected = fixture
    other = type(model)(type(config)(**(config.to_dict() | switch)))
    other.load_state_dict(model.state_dict(), strict=False)  # It may have a pooler more.
    last = "last_hidden_state"
    difference = (encode(other, inputs)[last] - expected[last]).abs().max().item()
    assert difference > 3 * TOLERANCE, (switch, difference)


def old_names(tensors):
    """The names of the first BERT files: gamma and beta, and position_ids as a tensor."""
    renamed = {
        k.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta"): v
        for k, v in tensors.items()
    }
    renamed["bert.embeddings.position_ids"] = torch.arange(20)[None]
    return renamed


def main():
    logging.disable_progress_bar()
    logging.set_verbosity_error()  # Poolers that were not saved are not missed.
    shutil.rmtree(OUT, ignore_errors=True)
    no_pooler = {"add_pooling_layer": False}

    base = bert("bert-gelu", [13, 7, 1])
    must_matter(base, hidden_act="gelu_new")
    one = bert(
        "bert-relu-1-head",
        [7, 5],
        model_args=no_pooler,
        num_attention_heads=1,
        hidden_act="relu",
        type_vocab_size=1,
        layer_norm_eps=1e-5,
        num_hidden_layers=3,
    )
    must_matter(one, hidden_act="gelu")
    new = bert(
        "bert-gelu-new-4-heads",
        [13, 9],
        model_args=no_pooler,
        num_attention_heads=4,
        hidden_act="gelu_new",
        type_vocab_size=4,
        intermediate_size=40,
    )
    must_matter(new, hidden_act="gelu")
    bert("bert-silu-one-token", [1, 1], model_args=no_pooler, hidden_act="silu", num_hidden_layers=1)
    # No real model has an epsilon this large: it makes one that is not read from the file show.
    eps = bert("bert-large-epsilon", [7, 3], model_args=no_pooler, layer_norm_eps=0.05)
    must_matter(eps, layer_norm_eps=1e-12)
    bert("bert-sequence-classification", [7, 13], cls=BertForSequenceClassification)
    bert("bert-masked-lm-old-names", [7, 4], cls=BertForMaskedLM, save={"rename": old_names})
    bert("bert-sharded", [13, 2], save={"shard_size": "9KB"})
    bert("bert-float16", [7, 6], model_args=no_pooler, save={"dtype": torch.float16})
    bert("bert-bfloat16", [7, 6], model_args=no_pooler, save={"dtype": torch.bfloat16})

    base = vit("vit-patch-8")
    must_matter(base, hidden_act="gelu_new")
    vit("vit-patch-4", hidden_size=16, num_attention_heads=4, patch_size=4, num_hidden_layers=3)
    vit(
        "vit-patch-16-grey-1-head",
        count=1,
        num_attention_heads=1,
        image_size=48,
        patch_size=16,
        num_channels=1,
        hidden_act="relu",
        model_args=no_pooler,
    )
    vit("vit-no-qkv-bias", qkv_bias=False, model_args=no_pooler, image_size=24)
    vit("vit-not-square", image_size=[16, 24], layer_norm_eps=1e-6, model_args=no_pooler)
    eps = vit("vit-large-epsilon", layer_norm_eps=0.05, model_args=no_pooler)
    must_matter(eps, layer_norm_eps=1e-12)
    vit("vit-image-classification", cls=ViTForImageClassification)
    vit("vit-bfloat16", model_args=no_pooler, save={"dtype": torch.bfloat16})

    assert (OUT / "bert-sharded" / "model.safetensors.index.json").exists()
    total = 0
    for folder in sorted(OUT.iterdir()):
        size = sum(f.stat().st_size for f in folder.iterdir())
        assert size < 60_000, (folder.name, size)
        total += size
        model_type = json.loads((folder / "config.json").read_text())["model_type"]
        print(f"{folder.name:32} {model_type:5} {size:7}")
    assert total < 700_000, total
    print(f"{total} bytes")


if __name__ == "__main__":
    main()
