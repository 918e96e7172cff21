"""Asks a server of the Open Inference Protocol by Triton's client, which is not ours.

    python triton_client.py HOST:PORT MODEL PICTURE

Needs `pip install tritonclient[http]`. Prints "conforms" at its end.
"""

import base64
import sys

import numpy as np
import tritonclient.http as client
from tritonclient.utils import InferenceServerException

address, model, picture = sys.argv[1:]
server = client.InferenceServerClient(address)

assert server.is_server_live() and server.is_server_ready() and server.is_model_ready(model)
assert not server.is_model_ready("no-such-model")
assert "model_repository" in server.get_server_metadata()["extensions"]
metadata = server.get_model_metadata(model)
assert {i["name"]: i["datatype"] for i in metadata["inputs"]} == {"image": "BYTES", "text": "BYTES"}
assert any(m["name"] == model and m["state"] == "READY" for m in server.get_model_repository_index())

content = open(picture, "rb").read()


def ask(images, texts, binary, outputs=None):
    given = []
    for name, values in (("image", images), ("text", texts)):
        if values is not None:
            tensor = client.InferInput(name, [len(values)], "BYTES")
            tensor.set_data_from_numpy(np.array(values, dtype=object), binary_data=binary)
            given.append(tensor)
    return server.infer(model, given, outputs=outputs, request_id="7")


binary = ask([content, content], [b"a big red shape", b"round"], True)
assert binary.get_response()["id"] == "7"
probabilities = binary.as_numpy("probabilities")
assert probabilities.dtype == np.float32 and probabilities.shape[0] == 2, probabilities
assert np.allclose(probabilities.sum(axis=1), 1, atol=1e-5)
assert binary.as_numpy("label").shape == (2,)

json = ask([base64.b64encode(content).decode()] * 2, ["a big red shape", "round"], False)
assert np.allclose(json.as_numpy("probabilities"), probabilities, atol=1e-5)

one = ask(None, [b"a big red shape"], True, [client.InferRequestedOutput("label")])
assert [o["name"] for o in one.get_response()["outputs"]] == ["label"]

pending = []
for i in range(20):
    tensor = client.InferInput("text", [1], "BYTES")
    tensor.set_data_from_numpy(np.array([b"shape %d" % i], dtype=object))
    pending.append(server.async_infer(model, [tensor]))
assert all(p.get_result().as_numpy("label").shape == (1,) for p in pending)

try:
    ask([b"no picture"], None, True)
    raise SystemExit("a broken picture was taken")
except InferenceServerException as e:
    assert "image" in str(e), e

server.unload_model(model)
assert not server.is_model_ready(model)
server.load_model(model)
assert server.is_model_ready(model)
print("conforms")
