"""Records what huggingface_hub asks of the hub of the tests, and what it writes: huggingface_hub.json.

    pip install huggingface_hub==2.4.0
    python record_huggingface_hub.py TEST_CLASS_PATH > huggingface_hub.json

TEST_CLASS_PATH has pmf-hub's classes and those of its tests. Xet storage is switched off, as it is
where hf_xet is not installed: what is compared is HTTP. With a second word, a cache that pmf has
written, nothing is recorded; it is read by huggingface_hub without a request.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

NEEDED = [
    "config.json", "preprocessor_config.json", "processor_config.json", "tokenizer.json",
    "tokenizer_config.json", "vocab.txt", "vocab.json", "merges.txt", "added_tokens.json",
    "special_tokens_map.json", "model.safetensors", "model.safetensors.index.json",
]
OUR_TOKEN = "hf_testTokenOfNobody"


def layout(cache):
    """All files but locks, marks and lists of trees: links where they lead, others by their size."""
    found = {}
    for path in sorted(cache.rglob("*")):
        name = str(path.relative_to(cache))
        left_out = name.startswith(".locks") or name == "CACHEDIR.TAG" or "/trees/" in name
        if left_out or path.is_dir() and not path.is_symlink():
            continue
        if path.is_symlink():
            found[name] = "-> " + os.readlink(path)
        elif "/refs/" in name:
            found[name] = path.read_text()
        else:
            found[name] = f"{path.stat().st_size} bytes"
    return found


def record(class_path):
    server = subprocess.Popen(
        ["java", "-cp", class_path, "org.pmf4j.hub.server.RecordedHub"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(
            HF_ENDPOINT=server.stdout.readline().strip(), HF_HOME=folder, HF_TOKEN=OUR_TOKEN,
            HF_HUB_DISABLE_XET="1", HF_HUB_DISABLE_PROGRESS_BARS="1",
            HF_HUB_DISABLE_TELEMETRY="1", NO_PROXY="localhost,127.0.0.1")
        import huggingface_hub
        huggingface_hub.snapshot_download("org/text", allow_patterns=NEEDED, max_workers=1)
        written = layout(pathlib.Path(folder, "hub"))
        try:
            huggingface_hub.hf_hub_download("org/text", "tokenizer.json")
        except huggingface_hub.errors.EntryNotFoundError:
            pass
        tree, = pathlib.Path(folder, "hub").glob("*/trees/*.json")
        listed = json.loads(tree.read_text())
        absent = {n: s for n, s in layout(pathlib.Path(folder, "hub")).items() if n not in written}
    requests, _ = server.communicate()
    version = huggingface_hub.__version__
    print(json.dumps({"huggingface_hub": version, "requests": json.loads(requests),
                      "layout": written, "absent": absent,
                      "tree": listed}, indent=1))


def read(cache):
    os.environ.update(HF_HUB_CACHE=cache, HF_HUB_OFFLINE="1")
    import huggingface_hub
    folder = huggingface_hub.snapshot_download("org/text", local_files_only=True)
    print(folder, sorted(os.listdir(folder)))
    weights = huggingface_hub.try_to_load_from_cache("org/text", "model.safetensors")
    missing = huggingface_hub.try_to_load_from_cache("org/text", "tokenizer.json")
    assert os.path.getsize(weights) == 300_000
    assert missing is huggingface_hub.file_download._CACHED_NO_EXIST
    report = huggingface_hub.scan_cache_dir(cache)
    assert not report.warnings, report.warnings
    print(report.export_as_table() if hasattr(report, "export_as_table") else report)


if __name__ == "__main__":
    read(sys.argv[2]) if len(sys.argv) > 2 else record(sys.argv[1])
