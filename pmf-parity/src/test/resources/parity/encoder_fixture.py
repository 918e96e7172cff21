"""One fixture of encoders/: a tiny random encoder, inputs for it, and what transformers makes of them."""

import shutil
import zlib
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from hf_reference import deterministic, encode, encode_alone, randomize

OUT = Path(__file__).parent / "encoders"
ONLY = None  # Names of the fixtures that are made, or all.
TOLERANCE = 1e-4  # What the tests allow; every switch must change the outcome by 3 times that.


class Fixture:
    """A model, its inputs and what is expected of it."""

    def __init__(self, name, cls, config, make_inputs, std=0.35, model_args=None, **save):
        self.wanted = ONLY is None or name in ONLY
        if not self.wanted:
            return
        generator = deterministic(zlib.crc32(name.encode()))
        self.config = config
        self.model = randomize(cls(config, **(model_args or {})), generator, std)
        self.inputs = make_inputs(config, generator)
        self.expected = write(name, self.model, self.inputs, **save)

    def must_matter(self, **switch):
        """Asserts that an encoder which overlooks a setting would fail the fixture."""
        if not self.wanted:
            return
        config = type(self.config)(**(self.config.to_dict() | switch))
        config._attn_implementation = "eager"
        other = type(self.model)(config)
        # A table that follows from the settings is no weight, though it is saved.
        weights = {k: v for k, v in self.model.state_dict().items() if not k.endswith("inv_freq")}
        other.load_state_dict(weights, strict=False)  # It may have a pooler more.
        changed, difference = encode(other, self.inputs), 0.0
        for key, value in self.expected.items():
            distance = (changed[key] - value).abs().nan_to_num(nan=0.0)
            difference = max(difference, distance.max().item())
        assert difference > 3 * TOLERANCE, (switch, difference)


def write(name, model, inputs, shard_size="5GB", dtype=None, rename=None, open_padding=False, alone=False):
    """Saves the model and what it returns.

    dtype         weights are rounded to it, and what is expected belongs to the rounded ones
    rename        changes the saved tensors
    open_padding  states at padding are left open (NaN): the family computes something there that
                  depends on its own padding id or on rows that see no token at all
    alone         each sound is encoded without its padding, which in a batch reaches real frames
    """
    folder = OUT / name
    shutil.rmtree(folder, ignore_errors=True)
    if dtype is not None:
        model = model.to(dtype)
    model.save_pretrained(folder, max_shard_size=shard_size)
    if rename is not None:
        file = folder / "model.safetensors"
        save_file(rename(load_file(file)), file, metadata={"format": "pt"})
    for extra in ("generation_config.json",):
        (folder / extra).unlink(missing_ok=True)
    save_file(inputs, folder / "inputs.safetensors")
    # Read back, as a user would: what is expected belongs to the saved bytes.
    loaded = type(model).from_pretrained(
        folder, attn_implementation="eager", dtype=torch.float32
    )
    run = encode_alone if alone else encode
    expected = run(loaded, inputs)
    in_memory = run(model.float(), inputs)
    for key, value in expected.items():
        assert torch.equal(value.nan_to_num(), in_memory[key].nan_to_num()), (name, key, "a weight was not read back")
        value = value.nan_to_num(nan=0.0 if alone else torch.nan)
        assert torch.isfinite(value).all() and value.abs().max() < 1e3, (name, key)
    if open_padding:
        padding = ~inputs["attention_mask"].bool()
        assert padding.any(), name
        for value in expected.values():
            if value.dim() == 3:
                value[padding] = torch.nan
    save_file(expected, folder / "expected.safetensors")
    return expected
