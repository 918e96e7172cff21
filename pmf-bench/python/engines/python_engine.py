"""One engine of drive.py in Python: PyTorch, eager, or ONNX Runtime on an export."""

import os
import sys
import time

import numpy as np

kind, threads, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3]
rng = np.random.default_rng(0)
given = {
    "image.pixel_values": rng.normal(0, 1, (8, 3, 224, 224)).astype(np.float32),
    "text.input_ids": rng.integers(5, 20, (8, 64)).astype(np.int64),
    "text.attention_mask": np.ones((8, 64), np.int64),
    "text.token_type_ids": np.zeros((8, 64), np.int64),
}

if kind == "torch":
    import torch
    from transformers import BertModel, ViTModel

    torch.set_num_threads(threads)
    eager = {"attn_implementation": "eager"}
    vit = ViTModel.from_pretrained(f"{folder}/vit", add_pooling_layer=False, **eager).eval()
    bert = BertModel.from_pretrained(f"{folder}/bert", **eager).eval()

    def run(rows):
        pixels, ids, mask, _ = (torch.from_numpy(v[:rows]) for v in given.values())
        with torch.inference_mode():
            vit(pixels)
            bert(ids, mask)

else:
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(f"{folder}/image+text.onnx", options)
    taken = {i.name for i in session.get_inputs()}

    def run(rows):
        session.run(["logits"], {k: v[:rows] for k, v in given.items() if k in taken})


print("ready", flush=True)
for line in sys.stdin:
    cpu, began = time.process_time(), time.perf_counter()
    run(int(line))
    print((time.perf_counter() - began) * 1e3, (time.process_time() - cpu) * 1e3, flush=True)
