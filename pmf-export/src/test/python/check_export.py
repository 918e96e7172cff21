"""Holds an export against the numbers that its test wrote beside it.

    python3 check_export.py EXPORT CASES

EXPORT is a folder of `pmf export`. CASES has a file of safetensors for each graph, with a batch of
inputs under their names and what ONNX Runtime in Java gave for them as `logits`. Every graph must
pass onnx.checker and give the same logits, to 1e-5. Needs onnx and onnxruntime.
"""

import json
import struct
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime

TYPES = {"F32": np.float32, "I64": np.int64}


def tensors(path):
    raw = path.read_bytes()
    (length,) = struct.unpack("<Q", raw[:8])
    found = {}
    for name, info in json.loads(raw[8 : 8 + length]).items():
        if name != "__metadata__":
            begin, end = (8 + length + at for at in info["data_offsets"])
            values = np.frombuffer(raw[begin:end], TYPES[info["dtype"]])
            found[name] = values.reshape(info["shape"])
    return found


def main(export, cases):
    manifest = json.loads((export / "export.json").read_text())
    onnxruntime.set_default_logger_severity(3)
    for graph in manifest["graphs"]:
        file = export / graph["file"]
        onnx.checker.check_model(str(file), full_check=True)
        session = onnxruntime.InferenceSession(str(file))
        named = [i["name"] for i in graph["inputs"]]
        assert [i.name for i in session.get_inputs()] == named, named
        assert [o.name for o in session.get_outputs()] == [o["name"] for o in graph["outputs"]]
        given = tensors(cases / (graph["file"] + ".safetensors"))
        expected = given.pop("logits")
        found = session.run(["logits"], given)[0]
        largest = float(np.abs(found - expected).max())
        assert largest <= 1e-5, (graph["file"], largest)
        print(f"{graph['file']} agrees, {largest:.1e}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
