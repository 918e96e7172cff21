"""Makes tokenizers/*/ and tokenizers.json: tokenizers of the text families with the ids they give.

Run in this folder, with transformers installed (made with transformers 4.57.1, tokenizers 0.22.2):

    python make_tokenizer_fixtures.py

Training a unigram model is not repeatable to the last bit; everything else is.
"""

import json
import shutil
from pathlib import Path

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import (
    AutoTokenizer,
    DistilBertTokenizerFast,
    ElectraTokenizerFast,
    MPNetTokenizerFast,
    PreTrainedTokenizerFast,
    RobertaTokenizerFast,
    XLMRobertaTokenizerFast,
)

from make_preprocessing_fixtures import SAMPLES, WORDS, vocabulary

HERE = Path(__file__).parent
OUT = HERE / "tokenizers"
EXTRA = {
    "roberta's tokens in the text": "a <mask> word</s> and <s> again <unk><pad>",
    "contractions and numbers": "it's they'll 1234567 3.14 x==y  two  spaces\n\nlines",
}
TEXTS = {**SAMPLES, **EXTRA}
CORPUS = [*TEXTS.values(), *WORDS] * 4


def directory(name, model_type, size, **config):
    folder = OUT / name
    folder.mkdir(parents=True)
    full = {"model_type": model_type, "vocab_size": size, "max_position_embeddings": 48, **config}
    (folder / "config.json").write_text(json.dumps(full, indent=2) + "\n")
    return folder


def keep(folder, *files):
    for f in folder.iterdir():
        if f.name not in ("config.json", *files):
            f.unlink()


def word_piece(name, model_type, cls, files, special=None, **settings):
    tokens = vocabulary()
    for old, new in (special or {}).items():
        tokens[tokens.index(old)] = new
    folder = directory(name, model_type, len(tokens))
    (folder / "vocab.txt").write_text("\n".join(tokens) + "\n", encoding="utf-8")
    cls(vocab_file=str(folder / "vocab.txt"), **settings).save_pretrained(folder)
    keep(folder, *files)


def byte_pairs(special, size=420):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    trainer = trainers.BpeTrainer(vocab_size=size, special_tokens=special, initial_alphabet=alphabet, show_progress=False)
    tokenizer.train_from_iterator(CORPUS, trainer)
    return tokenizer


def roberta(name, files, change=None, **settings):
    tokenizer = byte_pairs(["<s>", "<pad>", "</s>", "<unk>", "<mask>"])
    folder = directory(name, "roberta", tokenizer.get_vocab_size(), pad_token_id=1)
    tokenizer.model.save(str(folder))
    RobertaTokenizerFast(
        vocab_file=str(folder / "vocab.json"), merges_file=str(folder / "merges.txt"), **settings
    ).save_pretrained(folder)
    for key, value in (change or {}).items():
        file = folder / "tokenizer_config.json"
        file.write_text(json.dumps({**json.loads(file.read_text()), key: value}, indent=2))
    keep(folder, *files)


def xlm_roberta():
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    trainer = trainers.UnigramTrainer(vocab_size=420, special_tokens=special, unk_token="<unk>", show_progress=False)
    tokenizer.train_from_iterator(CORPUS, trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    size = tokenizer.get_vocab_size() + 1  # <mask> is added behind.
    folder = directory("xlm_roberta", "xlm-roberta", size, pad_token_id=1)
    XLMRobertaTokenizerFast(tokenizer_object=tokenizer).save_pretrained(folder)
    keep(folder, "tokenizer.json", "tokenizer_config.json")


def modernbert():
    tokenizer = byte_pairs(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"])
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    folder = directory("modernbert", "modernbert", tokenizer.get_vocab_size(), pad_token_id=0)
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]",
        mask_token="[MASK]", model_input_names=["input_ids", "attention_mask"], model_max_length=40,
    ).save_pretrained(folder)
    keep(folder, "tokenizer.json", "tokenizer_config.json")


def make():
    shutil.rmtree(OUT, ignore_errors=True)
    both = ("tokenizer.json", "tokenizer_config.json")
    word_piece("distilbert", "distilbert", DistilBertTokenizerFast, both)
    word_piece("distilbert_vocab", "distilbert", DistilBertTokenizerFast, ("vocab.txt", both[1]), do_lower_case=False)
    word_piece("electra", "electra", ElectraTokenizerFast, both)
    # What transformers 4.57 adds as [UNK], [PAD] …; MPNet spells them as RoBERTa does.
    spelled = {"[PAD]": "<pad>", "[CLS]": "<s>", "[SEP]": "</s>", "[MASK]": "<mask>"}
    word_piece("mpnet", "mpnet", MPNetTokenizerFast, both, spelled)
    roberta("roberta", both)
    roberta("roberta_vocab_and_merges", ("vocab.json", "merges.txt", both[1]))
    roberta("roberta_vocab_and_merges_alone", ("vocab.json", "merges.txt"))
    # tokenizer.json says no space before the first word, tokenizer_config.json says one: it counts.
    roberta("roberta_disagreeing", both, change={"add_prefix_space": True})
    xlm_roberta()
    modernbert()


def run():
    expected = {}
    for folder in sorted(OUT.iterdir()):
        config = json.loads((folder / "config.json").read_text())
        reserved = {"mpnet": 2, "roberta": 2, "xlm-roberta": 2}.get(config["model_type"], 0)
        tokenizer = AutoTokenizer.from_pretrained(folder)
        limit = min(tokenizer.model_max_length, config["max_position_embeddings"] - reserved)
        expected[folder.name] = {}
        for title, text in TEXTS.items():
            inputs = tokenizer(text, truncation=True, max_length=limit)
            expected[folder.name]["inputs"] = sorted(inputs)
            expected[folder.name][title] = inputs["input_ids"]
    expected = {name: (ids.pop("inputs"), ids) for name, ids in expected.items()}
    result = {
        "texts": TEXTS,
        "inputs": {name: inputs for name, (inputs, _) in expected.items()},
        "ids": {name: ids for name, (_, ids) in expected.items()},
    }
    (HERE / "tokenizers.json").write_text(json.dumps(result) + "\n")


if __name__ == "__main__":
    make()
    run()
