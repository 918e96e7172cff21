"""Makes decoder_tokenizers/*/ and decoder_tokenizers.json: tokenizers of decoders and of other families that
came later, with the ids they give.

Run in this folder, with transformers installed (made with transformers 4.57.1, tokenizers 0.22.2):

    python make_decoder_tokenizer_fixtures.py

Training a unigram model is not repeatable to the last bit; everything else is.
"""

import json
import shutil
from pathlib import Path

from tokenizers import Regex, normalizers as N, pre_tokenizers as P, processors
from transformers import (
    AutoTokenizer,
    CLIPTokenizerFast,
    DebertaV2TokenizerFast,
    GPT2TokenizerFast,
    LlamaTokenizerFast,
    PreTrainedTokenizerFast,
    Qwen2TokenizerFast,
    T5TokenizerFast,
)

import make_pipeline_fixtures as pipelines
from make_tokenizer_fixtures import TEXTS

HERE = Path(__file__).parent
OUT = HERE / "decoder_tokenizers"
END = "<|endoftext|>"
WORDS = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}%s| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"


def save(name, model_type, tokenizer, **config):
    folder = OUT / name
    folder.mkdir(parents=True)
    tokenizer.save_pretrained(folder)
    for file in folder.iterdir():
        if file.name not in ("tokenizer.json", "tokenizer_config.json"):
            file.unlink()
    size = max(tokenizer.get_vocab().values()) + 1
    full = {"model_type": model_type, "vocab_size": size, "max_position_embeddings": 48, **config}
    (folder / "config.json").write_text(json.dumps(full, indent=2) + "\n")


def cut_by(digits):
    """Words as LLaMA 3 (three digits at most) and Qwen2 (one) have them."""
    return P.Sequence([
        P.Split(Regex(WORDS % digits), "isolated"),
        P.ByteLevel(add_prefix_space=False, use_regex=False),
    ])


def bos(token, number):
    return processors.Sequence([
        processors.ByteLevel(trim_offsets=False),
        processors.TemplateProcessing(single=f"{token} $A", pair=f"{token} $A {token} $B:1", special_tokens=[(token, number)]),
    ])


def unigram(special, normalizer, cutter):
    from tokenizers import models as M, trainers as T

    trainer = T.UnigramTrainer(vocab_size=420, special_tokens=special, unk_token=special[-1], show_progress=False)
    return pipelines.trained(M.Unigram(), trainer, normalizer, cutter)


def make():
    shutil.rmtree(OUT, ignore_errors=True)
    pieces = pipelines.sentence_pieces(True)
    save("llama", "llama", LlamaTokenizerFast(tokenizer_object=pieces))
    save("llama_both_ends", "llama", LlamaTokenizerFast(tokenizer_object=pieces, add_eos_token=True), pad_token_id=-1)
    save("mistral_no_ends", "mistral", LlamaTokenizerFast(tokenizer_object=pieces, add_bos_token=False, padding_side="left"))
    begin = "<|begin_of_text|>"
    three = pipelines.byte_level([begin, END], cutter=cut_by("{1,3}"), ignore_merges=True, post=bos(begin, 0))
    save("llama3", "llama", PreTrainedTokenizerFast(
        tokenizer_object=three, bos_token=begin, eos_token=END, model_input_names=["input_ids", "attention_mask"]))
    qwen = pipelines.byte_level([END], N.NFC(), cutter=cut_by(""), post=processors.ByteLevel(trim_offsets=False))
    save("qwen2", "qwen2", Qwen2TokenizerFast(tokenizer_object=qwen))
    save("gpt2", "gpt2", GPT2TokenizerFast(tokenizer_object=pipelines.byte_level([END], post=processors.ByteLevel(trim_offsets=False))),
         n_positions=48)
    t5 = unigram(["<pad>", "</s>", "<unk>"], N.Sequence([N.NFKC(), N.Replace(Regex(" {2,}"), " ")]),
                 P.Sequence([P.WhitespaceSplit(), P.Metaspace()]))
    t5.post_processor = processors.TemplateProcessing(single="$A </s>", pair="$A </s> $B </s>", special_tokens=[("</s>", 1)])
    save("t5", "t5", T5TokenizerFast(tokenizer_object=t5, extra_ids=3), n_positions=48)
    deberta = unigram(["[PAD]", "[CLS]", "[SEP]", "[UNK]"], N.Sequence([N.NFC(), N.Strip()]), P.Metaspace())
    deberta.post_processor = pipelines.template("[CLS]", "[SEP]", (1, 2))
    save("deberta_v3", "deberta-v2", DebertaV2TokenizerFast(tokenizer_object=deberta, split_by_punct=False))
    clip = clip_pieces()
    save("clip_text", "clip_text_model", CLIPTokenizerFast(tokenizer_object=clip))
    siglip = unigram(["<pad>", "</s>", "<unk>"], N.Sequence([
        N.Lowercase(), N.Replace(Regex(r"[!-/:-@\[-`{-~]"), ""), N.Replace(Regex(r"\s+"), " "), N.Strip()]), P.Metaspace())
    siglip.post_processor = processors.TemplateProcessing(single="$A </s>", pair="$A </s> $B </s>", special_tokens=[("</s>", 1)])
    save("siglip_text", "siglip_text_model", PreTrainedTokenizerFast(
        tokenizer_object=siglip, pad_token="</s>", eos_token="</s>", unk_token="<unk>", model_max_length=24,
        model_input_names=["input_ids", "attention_mask"]))


def clip_pieces():
    from tokenizers import models as M, trainers as T

    start = "<|startoftext|>"
    trainer = T.BpeTrainer(vocab_size=600, special_tokens=[start, END], end_of_word_suffix="</w>",
                           initial_alphabet=sorted(P.ByteLevel.alphabet()), show_progress=False)
    normalizer = N.Sequence([N.NFC(), N.Replace(Regex(r"\s+"), " "), N.Lowercase()])
    cutter = P.Sequence([
        P.Split(Regex(r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"), "removed", invert=True),
        P.ByteLevel(add_prefix_space=False),
    ])
    tokenizer = pipelines.trained(M.BPE(unk_token=END, end_of_word_suffix="</w>"), trainer, normalizer, cutter)
    tokenizer.post_processor = processors.RobertaProcessing((END, 1), (start, 0), trim_offsets=False, add_prefix_space=False)
    return tokenizer


def run():
    ids, inputs = {}, {}
    for folder in sorted(OUT.iterdir()):
        config = json.loads((folder / "config.json").read_text())
        tokenizer = AutoTokenizer.from_pretrained(folder)
        limit = min(tokenizer.model_max_length, config["max_position_embeddings"])
        # SigLIP's processor fills all texts up, with padding that counts.
        padding = "max_length" if config["model_type"] == "siglip_text_model" else False
        ids[folder.name] = {}
        for title, text in TEXTS.items():
            made = tokenizer(text, truncation=True, max_length=limit, padding=padding)
            inputs[folder.name] = sorted(made)
            ids[folder.name][title] = made["input_ids"]
    result = {"texts": TEXTS, "inputs": inputs, "ids": ids}
    (HERE / "decoder_tokenizers.json").write_text(json.dumps(result) + "\n")


if __name__ == "__main__":
    make()
    run()
