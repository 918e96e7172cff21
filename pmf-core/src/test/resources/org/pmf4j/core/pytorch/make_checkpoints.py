"""Writes what torch.save writes, each file beside the safetensors file that has the same numbers.

python3 -m venv venv && venv/bin/pip install torch==2.7.1 safetensors==0.8.0 numpy==2.4.6
venv/bin/python make_checkpoints.py
"""

import collections
import pathlib
import zipfile

import torch
from safetensors.torch import save_file

HERE = pathlib.Path(__file__).parent


def tensors():
    torch.manual_seed(7)
    grid = torch.randn(4, 6)
    block = torch.randn(2, 3, 5)
    line = torch.arange(20, dtype=torch.float32)
    tied = torch.randn(3, 2)
    return collections.OrderedDict(
        {
            "f32": torch.randn(2, 3),
            "f64": torch.randn(3, dtype=torch.float64),
            "f16": torch.randn(5).to(torch.float16),
            "bf16": torch.randn(2, 2).to(torch.bfloat16),
            "i64": torch.tensor([0, -1, 2**62]),
            "i32": torch.tensor([-5, 5], dtype=torch.int32),
            "i16": torch.tensor([-300, 300], dtype=torch.int16),
            "i8": torch.tensor([-128, 127], dtype=torch.int8),
            "u8": torch.tensor([0, 255], dtype=torch.uint8),
            "u16": torch.tensor([0, 65535], dtype=torch.uint16),
            "u32": torch.tensor([0, 2**32 - 1], dtype=torch.uint32),
            "bool": torch.tensor([True, False, True]),
            "number": torch.tensor(3.25),
            "empty": torch.zeros(0, 4),
            "transposed": grid.t(),
            "transposed.f16": grid.to(torch.float16).t(),
            "permuted": block.permute(2, 0, 1),
            "column": grid[:, 2],
            "every third": line[1::3],
            "expanded": torch.tensor([[1.5], [2.5]]).expand(2, 4),
            "expanded.inside": torch.tensor([[1.0], [2.0]]).unsqueeze(1).expand(2, 3, 1),
            "flags.transposed": torch.tensor([[True, False], [True, True], [False, False]]).t(),
            "longs.transposed": torch.arange(6).reshape(2, 3).t(),
            "window": line[3:11].reshape(2, 4),
            "tied.first": tied,
            "tied.second": tied,
            "parameter": torch.nn.Parameter(torch.randn(2, 2)),
        }
    )


def with_attributes(values):
    tensor = torch.ones(2)
    tensor.note = "kept by Python"
    parameter = torch.nn.Parameter(torch.full((2,), 2.0))
    parameter.note = "kept by Python"
    values = dict(values)
    values["tensor.attribute"] = tensor
    values["parameter.attribute"] = parameter
    return values


def save(value, name, **how):
    torch.save(value, HERE / name, **how)


def big_endian(source, target):
    """As a big-endian machine writes it."""
    sizes = {}
    for tensor in torch.load(HERE / source).values():
        sizes[tensor.untyped_storage().nbytes(), bytes(tensor.untyped_storage())] = (
            tensor.element_size()
        )
    with zipfile.ZipFile(HERE / source) as old, zipfile.ZipFile(
        HERE / target, "w", zipfile.ZIP_STORED
    ) as new:
        for entry in old.namelist():
            data = old.read(entry)
            if entry.endswith("/byteorder"):
                data = b"big"
            if "/data/" in entry:
                size = sizes[len(data), data]
                data = b"".join(
                    data[i : i + size][::-1] for i in range(0, len(data), size)
                )
            new.writestr(zipfile.ZipInfo(entry), data)


def main():
    values = tensors()
    save_file(
        {k: v.detach().clone().contiguous() for k, v in values.items()},
        HERE / "tensors.safetensors",
    )
    for protocol in (2, 3, 4, 5):
        save(values, f"zip-{protocol}.bin", pickle_protocol=protocol)
        # The old format has no storage classes for these
        old = {k: v for k, v in values.items() if k not in ("u16", "u32")}
        save(
            old,
            f"legacy-{protocol}.bin",
            pickle_protocol=protocol,
            _use_new_zipfile_serialization=False,
        )
    big_endian("zip-2.bin", "big-endian.bin")
    save(with_attributes({"plain": torch.zeros(1)}), "attributes.bin")

    model = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.BatchNorm1d(2))
    adam = torch.optim.AdamW(model.parameters())
    model(torch.randn(4, 3)).sum().backward()
    adam.step()
    state = model.state_dict()
    training = {"epoch": 3, "loss": torch.tensor(0.5), "optimizer": adam.state_dict()}
    for wrapper in ("state_dict", "model_state_dict", "model"):
        save({wrapper: state, **training}, f"training-{wrapper}.bin")
    save({"weights": state, **{k: v for k, v in training.items() if k != "loss"}}, "training-other.bin")
    save({"model": state, "state_dict": state}, "training-two.bin")
    save_file(state, HERE / "training.safetensors")
    save(model, "whole-model.bin")
    torch.jit.save(torch.jit.script(model), HERE / "torchscript.bin")

    save(
        {
            "fine": torch.ones(1),
            "quantized": torch.quantize_per_tensor(torch.ones(2), 0.1, 0, torch.qint8),
            "sparse": torch.eye(2).to_sparse(),
            "meta": torch.empty(2, device="meta"),
            "complex": torch.ones(2, dtype=torch.complex64),
            "conjugated": torch.ones(2, dtype=torch.complex64).conj(),
            "negated": torch.ones(2, dtype=torch.complex64).conj().imag,
            "float8": torch.ones(2).to(torch.float8_e4m3fn),
            "float8.other": torch.ones(2).to(torch.float8_e5m2fnuz),
            "u64": torch.ones(2, dtype=torch.uint64),
            "overlapping": torch.arange(5.0).unfold(0, 3, 1),
        },
        "unread.bin",
    )


if __name__ == "__main__":
    main()
