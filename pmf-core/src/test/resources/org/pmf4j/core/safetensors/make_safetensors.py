"""Makes reference files with torch and safetensors (the Python packages).

reference.safetensors  every type that is read, with the values that are easy to get wrong
f8.safetensors         a type that is refused
written.safetensors    what the writer must write, byte for byte
widened.json           what reference.safetensors holds, as Python widens it; floats as int32 bits
narrowed.bin           pairs of float32 and the half that torch rounds it to
"""
import json
import struct
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file

here = Path(__file__).parent


def bits16(values, dtype):
    return torch.tensor(np.array(values, dtype=np.uint16).view(np.int16)).view(dtype)


special16 = [0x0000, 0x8000, 0x0001, 0x83FF, 0x0400, 0x3C00, 0xC000, 0x7BFF, 0x7C00, 0xFC00, 0x7E00]
special_bf16 = [0x0000, 0x8000, 0x0001, 0x807F, 0x0080, 0x3F80, 0xC000, 0x7F7F, 0x7F80, 0xFF80, 0x7FC0]
tensors = {
    "a.f32": torch.tensor([[1.5, -2.0, 3.25], [0.0, float("inf"), 1e-40]]),
    "a.f64": torch.tensor([0.1, -1e300], dtype=torch.float64),
    "a.i64": torch.tensor([-1, 2**62]),
    "a.bool": torch.tensor([True, False, True]),
    "a.f16": bits16(special16, torch.float16),
    "a.bf16": bits16(special_bf16, torch.bfloat16),
    "a.i32": torch.tensor([-5, 2**31 - 1], dtype=torch.int32),
    "a.i16": torch.tensor([-32768, 7], dtype=torch.int16),
    "a.i8": torch.tensor([-128, 127], dtype=torch.int8),
    "a.u8": torch.tensor([0, 255], dtype=torch.uint8),
    "a.scalar": torch.tensor(4.0),
    "a.empty": torch.zeros(0, 3),
}
save_file(tensors, here / "reference.safetensors", metadata={"format": "pt ü\n"})
save_file({"w": torch.zeros(4, dtype=torch.float8_e4m3fn)}, here / "f8.safetensors")

widened = {}
for name, t in tensors.items():
    if t.dtype in (torch.float32, torch.float16, torch.bfloat16):
        bits = t.float().contiguous().view(torch.int32)
        # One of the many ways to write NaN
        widened[name] = bits.masked_fill(t.isnan(), 0x7FC00000).flatten().tolist()
    else:
        widened[name] = t.flatten().tolist()
(here / "widened.json").write_text(json.dumps(widened, indent=1) + "\n")

halves = torch.tensor(np.arange(65536, dtype=np.uint16).view(np.int16)).view(torch.float16)

# Every half, the middle between it and the next, one float below and one above that middle
finite = halves[torch.isfinite(halves)].float().numpy()
finite = np.unique(finite[np.abs(finite) < 65504])
step = finite[:: len(finite) // 600]
after = np.array([finite[min(np.searchsorted(finite, v) + 1, len(finite) - 1)] for v in step])
middle = ((step.astype(np.float64) + after) / 2).astype(np.float32)
edges = np.array([65504, 65519.996, 65520, 65536, 1e30, np.inf, 2**-25, 2**-24 * 0.5000001, 1e-45, 0.0], np.float32)
cases = np.concatenate(
    [step, middle, np.nextafter(middle, np.float32(np.inf)), np.nextafter(middle, np.float32(-np.inf)), edges, -edges]
)
narrow = torch.tensor(cases).half().view(torch.int16).numpy()
with open(here / "narrowed.bin", "wb") as out:
    for value, half in zip(cases, narrow):
        out.write(struct.pack("<fh", value, half))

save_file(
    {
        "z": torch.tensor([True, False, True]),
        "f32.b": torch.tensor([[1, -2.5, 1e-40], [3, 4, 5]]),
        "f32.a": torch.tensor(7.0),
        "brain": torch.tensor([1.0, -2.0], dtype=torch.bfloat16),
        "i64": torch.tensor([-1, 2**62]),
        "f64": torch.tensor([0.1], dtype=torch.float64),
        "empty ü": torch.zeros(0, 4),
    },
    here / "written.safetensors",
    metadata={"format": 'pt "ü"'},
)
