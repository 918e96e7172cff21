"""Holds the config.pbtxt files of an export against Triton's own schema, and against its graphs.

    python3 check_triton.py EXPORT

EXPORT is a folder of `pmf export`. The schema is model_config.proto, as the package tritonclient
brings it. Needs tritonclient (without its dependencies), protobuf and onnx.
"""

import importlib.util
import json
import sys
from pathlib import Path

import onnx
from google.protobuf import text_format

TYPES = {onnx.TensorProto.FLOAT: "TYPE_FP32", onnx.TensorProto.INT64: "TYPE_INT64"}


def schema():
    """The module alone: the package around it wants gRPC, which nothing here talks."""
    package = Path(importlib.util.find_spec("tritonclient").submodule_search_locations[0])
    file = package / "grpc" / "model_config_pb2.py"
    spec = importlib.util.spec_from_file_location("model_config_pb2", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def declared(values, batched):
    """What a server must be told of a graph's inputs or outputs: name, type, dimensions."""
    found = []
    for value in values:
        tensor = value.type.tensor_type
        dims = [d.dim_value if d.HasField("dim_value") else -1 for d in tensor.shape.dim]
        found.append((value.name, TYPES[tensor.elem_type], dims[1:] if batched else dims))
    return found


def main(export):
    configs = schema()
    for graph in json.loads((export / "export.json").read_text())["graphs"]:
        name = "_".join(graph["modalities"])
        text = (export / "triton" / name / "config.pbtxt").read_text()
        config = text_format.Parse(text, configs.ModelConfig())
        assert config.name == name, config.name
        assert config.platform == "onnxruntime_onnx", config.platform
        batched = config.max_batch_size > 0
        model = onnx.load(str(export / graph["file"]), load_external_data=False).graph
        for kind, values in (("input", model.input), ("output", model.output)):
            told = [
                (t.name, configs.DataType.Name(t.data_type), list(t.dims))
                for t in getattr(config, kind)
            ]
            assert told == declared(values, batched), (graph["file"], kind, told)
        print(f"{name} fits")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
