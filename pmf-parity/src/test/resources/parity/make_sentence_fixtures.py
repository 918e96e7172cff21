"""Fixtures of sentences/: tiny random models as sentence-transformers saves them, and its vectors.

Under sentence-transformers 5.1.2 (transformers 4.57.1) this writes sentences/, under 6.2.0
(transformers 5.24.0) sentences-6/. Old layouts, which the library no longer writes, are made of new
ones by moving files; it reads them itself, and what is expected is what it computes from them.
"""

import csv
import json
import shutil
import tempfile
from pathlib import Path

import numpy
import sentence_transformers
import torch
from safetensors.numpy import save_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.models import Dense, Normalize, Pooling, Transformer
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

VERSION = int(sentence_transformers.__version__.split(".")[0])
OUT = Path(__file__).parent / ("sentences" if VERSION == 5 else f"sentences-{VERSION}")
WIDTH = 16
POSITIONS = 24
WORDS = "red blue green circle square a the of big small query : near far and Red".split()
TEXTS = [
    "red",
    "a big red circle",
    "the small square near a blue circle and far of a green square",
    "blue and green and red and big and small and near and far and a circle of the red square of a",
    "Red : circle",
]


def tokenizer(lower=True, truncation=None, longest=POSITIONS):
    tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + WORDS
    t = Tokenizer(models.WordPiece({w: i for i, w in enumerate(tokens)}, unk_token="[UNK]"))
    t.normalizer = normalizers.BertNormalizer(lowercase=lower)
    t.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    t.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    if truncation:
        t.enable_truncation(truncation)
    names = {f"{n}_token": f"[{n.upper()}]" for n in ("pad", "unk", "cls", "sep", "mask")}
    return PreTrainedTokenizerFast(tokenizer_object=t, model_max_length=longest, **names)


def encoder(folder, seed, **kwargs):
    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=5 + len(WORDS),
        hidden_size=WIDTH,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=24,
        max_position_embeddings=POSITIONS,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    model = BertModel(config).eval()
    with torch.no_grad():
        for p in model.parameters():
            p.normal_(0, 0.35)
    model.save_pretrained(folder)
    tokenizer(**kwargs).save_pretrained(folder)


def case(name, *modules, max_seq_length=None, lower_case=False, change=None, prompt=None, **kwargs):
    folder = OUT / name
    shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory() as base:
        encoder(base, len(name) * 31 + sum(map(ord, name)), **kwargs)
        first = Transformer(base, max_seq_length=max_seq_length, do_lower_case=lower_case)
        parts = [m() if callable(m) and not isinstance(m, torch.nn.Module) else m for m in modules]
        prompts = {"query": "query : ", "other": "the "} if prompt else None
        model = SentenceTransformer(
            modules=[first, *parts], prompts=prompts, default_prompt_name=prompt, device="cpu"
        )
        model.save(str(folder), create_model_card=False)
    if kwargs.get("truncation"):  # Saving writes what the last call set; a trained model has both.
        file = folder / "tokenizer.json"
        content = json.loads(file.read_text())
        content["truncation"]["max_length"] = kwargs["truncation"]
        file.write_text(json.dumps(content))
    if change:
        change(folder)
    loaded = SentenceTransformer(str(folder), device="cpu")
    vectors = numpy.stack(
        [loaded.encode([t], show_progress_bar=False)[0] for t in TEXTS]
    ).astype(numpy.float32)
    batch = loaded.encode(TEXTS, show_progress_bar=False)
    assert numpy.abs(batch - vectors).max() < 1e-5, name
    save_file({"pooled": vectors}, folder / "expected.safetensors")
    return vectors


def pooling(mode, **kwargs):
    return Pooling(WIDTH, pooling_mode=mode, **kwargs)


def nested(folder):
    """As before version 2: the encoder in a folder of its own, and a config.json that is not its."""
    inner = folder / "0_Transformer"
    inner.mkdir()
    for file in list(folder.iterdir()):
        if file.is_file() and file.name not in ("modules.json", "config_sentence_transformers.json"):
            file.rename(inner / file.name)
    modules = json.loads((folder / "modules.json").read_text())
    modules[0]["path"] = "0_Transformer"
    (folder / "modules.json").write_text(json.dumps(modules))
    (folder / "config_sentence_transformers.json").unlink()
    (folder / "config.json").write_text(json.dumps({"__version__": "0.3.0"}))


def other_name(folder):
    (folder / "sentence_bert_config.json").rename(folder / "sentence_roberta_config.json")


def torch_weights(folder):
    """Dense weights as the library wrote them before safetensors."""
    from safetensors.torch import load_file

    dense = next(folder.glob("*_Dense"))
    torch.save(load_file(dense / "model.safetensors"), dense / "pytorch_model.bin")
    (dense / "model.safetensors").unlink()


def main():
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    OUT.mkdir(exist_ok=True)
    seen = {}
    for mode in ("cls", "mean", "max", "mean_sqrt_len_tokens", "weightedmean", "lasttoken"):
        seen[mode] = case(mode.replace("_", "-"), pooling(mode))
    case("normalized", pooling("mean"), Normalize())
    torch.manual_seed(7)
    case(
        "dense",
        pooling("mean"),
        Dense(WIDTH, 20, bias=False, activation_function=torch.nn.Identity()),
        Dense(20, WIDTH, activation_function=torch.nn.Tanh()),
        Normalize(),
    )
    included = case("prompt", pooling("mean"), prompt="query")
    assert numpy.abs(included).max() > 0
    case("prompt-left-out", pooling("mean", include_prompt=False), prompt="query")
    case("prompt-left-out-weighted", pooling("weightedmean", include_prompt=False), prompt="query")
    case("prompt-left-out-max", pooling("max", include_prompt=False), prompt="query")
    case("short", pooling("mean"), max_seq_length=9)
    case("longer-than-trained", pooling("mean"), max_seq_length=12, truncation=6)
    case("lower-case", pooling("mean"), lower=False, lower_case=True)
    if VERSION == 5:
        case("old-folders", pooling("mean"), Normalize(), change=nested, max_seq_length=9)
        case("other-name", pooling("max"), change=other_name, max_seq_length=9)
        torch.manual_seed(8)
        case("dense-of-torch", pooling("mean"), Dense(WIDTH, WIDTH), change=torch_weights)
    with open(OUT / "texts.csv", "w", newline="") as f:
        csv.writer(f).writerows([["text"], *[[t] for t in TEXTS]])


main()
