"""Makes side_files.json: directories whose tokenizer is spread over several files, and the ids of texts.

Run in this folder, first with transformers 4, then with 5 (made with 4.57.1 and 5.24.0):

    python make_side_file_fixtures.py 4
    python make_side_file_fixtures.py 5

Files are kept as texts; "ids" has by version a list of ids for each text, or what went wrong.
"""

import json
import sys
import tempfile
from pathlib import Path

from transformers import AutoTokenizer

from make_preprocessing_fixtures import vocabulary

HERE = Path(__file__).parent
OUT = HERE / "side_files.json"
TEXTS = [
    "What color is the mug <brand> here",
    "The <BRAND> isn't New_Token42 here, crème",
    "[E1] red [/E1] blue\u00e9 [MASK] red [SEP] <mask>",
    "is the red a 颜色 " + "red blue green " * 12 + "end",
    "<x> red<y>green <z> blue",
    "",
]
VOCAB = vocabulary()
N = len(VOCAB)
CONFIG = {"model_type": "bert", "vocab_size": N + 8, "max_position_embeddings": 24}
NAMED = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]", "mask_token": "[MASK]"}
SETTINGS = {"tokenizer_class": "BertTokenizer", "do_lower_case": True, "model_max_length": 512, **NAMED}


def token(content, **flags):
    return {"content": content, "single_word": False, "lstrip": False, "rstrip": False, "normalized": True, "special": False, **flags}


def special(content, **flags):
    return token(content, **{"normalized": False, "special": True, **flags})


def base():
    return {str(VOCAB.index(t)): special(t) for t in NAMED.values()}


def fast(**changes):
    template = lambda t: {"SpecialToken": {"id": t, "type_id": 0}}
    entry = lambda t: {"id": t, "ids": [VOCAB.index(t)], "tokens": [t]}
    root = {
        "version": "1.0", "truncation": None, "padding": None,
        "added_tokens": [{"id": VOCAB.index(t), **special(t)} for t in sorted(NAMED.values(), key=VOCAB.index)],
        "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "strip_accents": None, "lowercase": True},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {
            "type": "TemplateProcessing", "single": [template("[CLS]"), {"Sequence": {"id": "A", "type_id": 0}}, template("[SEP]")],
            "pair": [template("[CLS]"), {"Sequence": {"id": "A", "type_id": 0}}, template("[SEP]"), {"Sequence": {"id": "B", "type_id": 1}}],
            "special_tokens": {t: entry(t) for t in ("[CLS]", "[SEP]")},
        },
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100,
                  "vocab": {t: i for i, t in enumerate(VOCAB)}},
    }
    root.update(changes)
    return root


def cased():
    return {**fast()["normalizer"], "lowercase": False}


VOCAB_TXT = "\n".join(VOCAB) + "\n"
ADDED = {"<brand>": N, "New_Token42": N + 1, "[E1]": N + 2, "[/E1]": N + 3}
DECODER = {**base(), str(N): token("<brand>"), str(N + 1): token("New_Token42"), str(N + 2): special("[E1]"), str(N + 3): special("[/E1]")}
LEFT = {"direction": "Left", "max_length": 8, "strategy": "LongestFirst", "stride": 0}


def settings(**changes):
    return {k: v for k, v in {**SETTINGS, **changes}.items() if v is not ...}


CASES = {
    "vocabulary with added_tokens.json": {"vocab.txt": VOCAB_TXT, "added_tokens.json": ADDED, "tokenizer_config.json": settings(),
        "special_tokens_map.json": {**NAMED, "additional_special_tokens": ["[E1]", "[/E1]"]}},
    "vocabulary with added_tokens.json alone": {"vocab.txt": VOCAB_TXT, "added_tokens.json": ADDED},
    "vocabulary with added_tokens_decoder": {"vocab.txt": VOCAB_TXT, "tokenizer_config.json": settings(added_tokens_decoder=DECODER)},
    "vocabulary with both, which disagree": {"vocab.txt": VOCAB_TXT, "added_tokens.json": {"<x>": N, "<y>": N + 1},
        "tokenizer_config.json": settings(added_tokens_decoder=DECODER)},
    "tokens of the vocabulary are added": {"vocab.txt": VOCAB_TXT, "tokenizer_config.json": settings(
        added_tokens_decoder={**base(), str(VOCAB.index("red")): token("red", lstrip=True, rstrip=True)})},
    "tokenizer.json and added_tokens_decoder": {"tokenizer.json": fast(), "tokenizer_config.json": settings(added_tokens_decoder=DECODER)},
    "tokenizer.json and added_tokens.json": {"tokenizer.json": fast(), "tokenizer_config.json": settings(), "added_tokens.json": ADDED},
    "tokenizer.json alone": {"tokenizer.json": fast()},
    "tokenizer.json alone, with case": {"tokenizer.json": fast(normalizer=cased())},
    "lower case in the settings alone": {"tokenizer.json": fast(normalizer=cased()), "tokenizer_config.json": settings()},
    "lower case in tokenizer.json alone": {"tokenizer.json": fast(), "tokenizer_config.json": settings(do_lower_case=False)},
    "lower case in neither, the settings silent": {"tokenizer.json": fast(normalizer=cased()), "tokenizer_config.json": settings(do_lower_case=...)},
    "settings of the plain fast class": {"tokenizer.json": fast(normalizer=cased()),
        "tokenizer_config.json": settings(tokenizer_class="PreTrainedTokenizerFast")},
    "accents stripped with case": {"vocab.txt": VOCAB_TXT, "tokenizer_config.json": settings(do_lower_case=False, strip_accents=True)},
    "Chinese not split": {"tokenizer.json": fast(), "tokenizer_config.json": settings(tokenize_chinese_chars=False)},
    "truncation left in the settings": {"tokenizer.json": fast(), "tokenizer_config.json": settings(truncation_side="left", padding_side="left")},
    "truncation left in the settings, vocabulary": {"vocab.txt": VOCAB_TXT, "tokenizer_config.json": settings(truncation_side="left")},
    "truncation left in tokenizer.json": {"tokenizer.json": fast(truncation=LEFT), "tokenizer_config.json": settings()},
    "truncation left in tokenizer.json, right in the settings": {"tokenizer.json": fast(truncation=LEFT),
        "tokenizer_config.json": settings(truncation_side="right")},
    "shorter model_max_length": {"tokenizer.json": fast(), "tokenizer_config.json": settings(model_max_length=10)},
    "max_len": {"tokenizer.json": fast(), "tokenizer_config.json": settings(model_max_length=..., max_len=11)},
    "additional special tokens as strings": {"tokenizer.json": fast(), "tokenizer_config.json": settings(additional_special_tokens=["<x>", "[E1]"])},
    "additional special tokens as objects": {"tokenizer.json": fast(), "tokenizer_config.json": settings(
        additional_special_tokens=[{"__type": "AddedToken", **special("<z>", lstrip=True, rstrip=True)}])},
    "extra special tokens as a list": {"tokenizer.json": fast(), "tokenizer_config.json": settings(extra_special_tokens=["<x>", "<z>"])},
    "extra special tokens by name": {"tokenizer.json": fast(), "tokenizer_config.json": settings(extra_special_tokens={"x_token": "<x>", "y_token": "<y>"})},
    "special_tokens_map.json spells otherwise": {"tokenizer.json": fast(), "tokenizer_config.json": settings(),
        "special_tokens_map.json": {**NAMED, "mask_token": "<mask>", "additional_special_tokens": ["<y>"]}},
    "special_tokens_map.json with flags": {"tokenizer.json": fast(), "tokenizer_config.json": settings(),
        "special_tokens_map.json": {**NAMED, "mask_token": {"content": "[MASK]", "lstrip": True, "rstrip": False, "normalized": False, "single_word": False}}},
    "special tokens are split": {"tokenizer.json": fast(), "tokenizer_config.json": settings(split_special_tokens=True)},
    "a mask with a space before it": {"tokenizer.json": fast(), "tokenizer_config.json": settings(
        added_tokens_decoder={**base(), "4": special("[MASK]", lstrip=True)})},
    "another separator": {"tokenizer.json": fast(), "tokenizer_config.json": settings(sep_token="[MASK]", mask_token=...)},
    "a tokenizer that lacks its special tokens": {"tokenizer.json": fast(added_tokens=[]), "tokenizer_config.json": settings()},
    "no special token is named": {"tokenizer.json": fast(added_tokens=[]), "tokenizer_config.json": settings(**{k: ... for k in NAMED})},
    "a token for padding": {"tokenizer.json": fast(), "tokenizer_config.json": settings(pad_token="<y>", added_tokens_decoder={**base(), str(N): special("<y>")})},
}


def main(version):
    result = json.loads(OUT.read_text()) if OUT.exists() else {"texts": TEXTS, "cases": {}}
    result["texts"] = TEXTS
    for name, files in CASES.items():
        case = result["cases"].setdefault(name, {})
        case["files"] = {"config.json": CONFIG, **files}
        with tempfile.TemporaryDirectory() as folder:
            for file, content in case["files"].items():
                Path(folder, file).write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
            try:
                tokenizer = AutoTokenizer.from_pretrained(folder)
                limit = min(tokenizer.model_max_length, CONFIG["max_position_embeddings"])
                ids = [tokenizer(t, truncation=True, max_length=limit)["input_ids"] for t in TEXTS]
            except Exception as e:
                ids = f"{type(e).__name__}: {e}"[:120]
            case.setdefault("ids", {})[version] = ids
    result["cases"] = {name: result["cases"][name] for name in CASES}
    OUT.write_text(json.dumps(result, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
