"""Makes siglip_tokenizers/*/ and siglip_tokenizers.json: tokenizer.json files of a SentencePiece model, with
the ids that SiglipTokenizer gives with that model itself.

Run in this folder, with transformers and sentencepiece installed (made with transformers 4.57.1, sentencepiece
0.2.3, tokenizers 0.22.2):

    python make_siglip_tokenizer_fixture.py

Texts with a special token in them are left out: what follows it begins with a space in tokenizer.json alone. So
are letters that are repeated often, which two unigram models of the same vocabulary may cut differently.
Transformers 5.24 gives the same ids but for a capital sigma at a word's end.
"""

import json
import shutil
import tempfile
from pathlib import Path

import sentencepiece
from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers as N, pre_tokenizers as P, processors
from transformers import SiglipTokenizer
from transformers.convert_slow_tokenizer import import_protobuf

from make_tokenizer_fixtures import TEXTS

HERE = Path(__file__).parent
OUT = HERE / "siglip_tokenizers"
MORE = {
    "punctuation before all": "...And then, \"quoted\"?!",
    "punctuation alone": "?!.",
    "spaces around punctuation": " a - b , c ",
    "underlines": "snake_case and the sign \u2581 of spaces",
    "a sigma at the end": "\u039f\u0394\u039f\u03a3 \u03a3",
    "forms": "\u00bd \ufb01ne \u2460 \u0130 \uff21\uff22\uff23",
}
# A few rules of the model's own normalizer, whose usual table takes 300 kB.
RULES = {"\u2581": " ", "\u00bd": "1\u20442", "\ufb01": "fi", "\u2460": "1", "\uff21": "A", "\uff41": "a"}
CANONICAL = [N.Lowercase(), N.Replace(Regex(r"[!-/:-@\[-`{-~]"), ""), N.Replace(Regex(r"\s+"), " "), N.Strip()]


def texts():
    kept = {k: v for k, v in TEXTS.items() if "</s>" not in v and "<unk>" not in v and "aaaa" not in v}
    return kept | MORE


def trained(folder):
    corpus = folder / "corpus.txt"
    corpus.write_text("\n".join(list(TEXTS.values()) * 3).replace("\0", " "))
    rules = folder / "rules.tsv"
    rules.write_text("".join(f"{ord(k):X}\t{' '.join(f'{ord(c):X}' for c in v)}\n" for k, v in RULES.items()))
    sentencepiece.SentencePieceTrainer.train(
        input=str(corpus), model_prefix=str(folder / "spiece"), vocab_size=300, hard_vocab_limit=False,
        model_type="unigram", pad_id=0, eos_id=1, unk_id=2, bos_id=-1, normalization_rule_tsv=str(rules),
        minloglevel=2)
    return folder / "spiece.model"


def converted(model, first):
    proto = import_protobuf().ModelProto()
    proto.ParseFromString(model.read_bytes())
    tokenizer = Tokenizer(models.Unigram([(p.piece, p.score) for p in proto.pieces], unk_id=2, byte_fallback=False))
    special = [AddedToken(t, lstrip=True, rstrip=True, normalized=False, special=True) for t in ("</s>", "<unk>")]
    tokenizer.add_special_tokens(special)
    own = [N.Precompiled(proto.normalizer_spec.precompiled_charsmap), N.Replace(Regex(" {2,}"), " ")]
    tokenizer.normalizer = N.Sequence(first + own)
    tokenizer.pre_tokenizer = P.Metaspace(prepend_scheme="always", split=False)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="$A </s>", pair="$A </s> $B </s>", special_tokens=[("</s>", 1)])
    return tokenizer


def save(name, model, first, **settings):
    folder = OUT / name
    folder.mkdir(parents=True)
    slow = SiglipTokenizer(str(model), model_max_length=24, **settings)
    slow.save_pretrained(folder)
    for file in folder.iterdir():
        if file.name != "tokenizer_config.json":
            file.unlink()
    converted(model, first).save(str(folder / "tokenizer.json"))
    config = {"model_type": "siglip_text_model", "vocab_size": slow.vocab_size, "max_position_embeddings": 24}
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    ids = {}
    for title, text in texts().items():
        ids[title] = slow(text, truncation=True, max_length=24, padding="max_length")["input_ids"]
    return ids


def main():
    shutil.rmtree(OUT, ignore_errors=True)
    with tempfile.TemporaryDirectory() as temporary:
        model = trained(Path(temporary))
        ids = {
            "says_nothing_of_cleaning": save("says_nothing_of_cleaning", model, []),
            "cleans_too": save("cleans_too", model, CANONICAL),
            "with_capitals": save("with_capitals", model, [], do_lower_case=False),
        }
    inputs = {name: ["attention_mask", "input_ids"] for name in ids}
    result = {"texts": texts(), "inputs": inputs, "ids": ids}
    (HERE / "siglip_tokenizers.json").write_text(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
