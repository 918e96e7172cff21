"""Makes pipelines/*.json: small tokenizers of every kind, trained by the tokenizers library.

Run in this folder with tokenizers installed (made with 0.22.2):

    python make_pipeline_fixtures.py

Training a unigram model is not repeatable to the last bit; everything else is. "precompiled" is a map of
characters as SentencePiece compiles it, made here: a trie of bytes in a double array.
"""

import base64
import json
import struct
from pathlib import Path

from tokenizers import AddedToken, Regex, Tokenizer, models as M, normalizers as N, pre_tokenizers as P
from tokenizers import processors, trainers as T

from make_preprocessing_fixtures import SAMPLES, WORDS

HERE = Path(__file__).parent
OUT = HERE / "pipelines"
MORE = [
    "The quick brown fox jumps over the lazy dog. It's 1234567 o'clock, they'll say!",
    "Crème brûlée, naïve café: déjà vu – „Straße“ und Übermut … ﬁne ½ Ⅷ ①",
    "这是一个测试。東京タワーとひらがな。한국어 문장입니다. Привет, мир! Γειά σου Κόσμε",
    "مرحبا بالعالم שלום עולם नमस्ते दुनिया สวัสดีชาวโลก 👩‍👩‍👧 🇩🇪 👍🏽 ❤️",
    "tabs\tand\nnew lines\r\n  and   spaces\u00a0nbsp\u3000wide\u200bzero",
    "snake_case camelCase x==y && z[0] += f(1.5e-3); // C++ #hashtag @user http://a.b/c?d=e%20f",
]
CORPUS = [*SAMPLES.values(), *WORDS, *MORE] * 4
BERT = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
ROBERTA = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]


def bert(**changes):
    return N.BertNormalizer(**{**dict(clean_text=True, handle_chinese_chars=True, strip_accents=None, lowercase=True), **changes})


def template(cls, sep, ids):
    return processors.TemplateProcessing(
        single=f"{cls} $A {sep}", pair=f"{cls} $A {sep} $B:1 {sep}:1", special_tokens=[(cls, ids[0]), (sep, ids[1])]
    )


def trained(model, trainer, normalizer=None, pre_tokenizer=None, post_processor=None):
    tokenizer = Tokenizer(model)
    if normalizer is not None:
        tokenizer.normalizer = normalizer
    if pre_tokenizer is not None:
        tokenizer.pre_tokenizer = pre_tokenizer
    tokenizer.train_from_iterator(CORPUS, trainer)
    if post_processor is not None:
        tokenizer.post_processor = post_processor
    return tokenizer


def word_piece(**changes):
    trainer = T.WordPieceTrainer(vocab_size=500, special_tokens=BERT, show_progress=False)
    return trained(M.WordPiece(unk_token="[UNK]"), trainer, bert(**changes), P.BertPreTokenizer(), template("[CLS]", "[SEP]", (2, 3)))


def byte_level(special, normalizer=None, prefix=False, post=None, cutter=None, **model):
    trainer = T.BpeTrainer(
        vocab_size=600, special_tokens=special, initial_alphabet=sorted(P.ByteLevel.alphabet()), show_progress=False
    )
    return trained(M.BPE(**model), trainer, normalizer, cutter or P.ByteLevel(add_prefix_space=prefix), post)


def sentence_pieces(byte_fallback, **model):
    special = ["<unk>", "<s>", "</s>"] + [f"<0x{b:02X}>" for b in range(256)] * byte_fallback
    trainer = T.BpeTrainer(vocab_size=800, special_tokens=special, show_progress=False)
    normalizer = N.Sequence([N.Prepend("\u2581"), N.Replace(" ", "\u2581")])
    trained_one = trained(M.BPE(unk_token="<unk>", fuse_unk=True, byte_fallback=byte_fallback), trainer, normalizer)
    trained_one.post_processor = template("<s>", "</s>", (1, 2))
    return trained_one


def unigram(normalizer, cutter, size=500):
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    trainer = T.UnigramTrainer(vocab_size=size, special_tokens=special, unk_token="<unk>", show_progress=False)
    return trained(M.Unigram(), trainer, normalizer, cutter, template("<s>", "</s>", (0, 2)))


def with_added(tokenizer):
    tokenizer.add_tokens([
        AddedToken("<brand>", normalized=True),
        AddedToken("New_Token42", normalized=True),
        AddedToken("word", single_word=True, normalized=False),
        AddedToken("Left", lstrip=True, normalized=False),
        AddedToken("Right", rstrip=True, normalized=True),
        AddedToken("two words", lstrip=True, rstrip=True, normalized=True),
        AddedToken("é", normalized=True),
    ])
    tokenizer.add_special_tokens([AddedToken("[E1]"), AddedToken("[E1]2", single_word=True), AddedToken("<gap>", lstrip=True, rstrip=True)])
    return tokenizer


def charsmap(entries):
    """Entries of bytes and what they become, as a double array trie of darts and a blob of texts."""
    blob, values = b"", {}
    for key, text in entries.items():
        values[key.encode()] = len(blob)
        blob += text.encode() + b"\0"
    units, used = [0], {0}
    base_of = {b"": 0}

    def ensure(n):
        while len(units) <= n:
            units.append(0)

    def place(prefix, at):
        children = sorted({k[len(prefix)] for k in values if k.startswith(prefix) and len(k) > len(prefix)})
        leaf = prefix in values
        wanted = children + ([0] if leaf else [])
        base = 1
        while any((base ^ c) in used for c in wanted) or not valid(at ^ base):
            base += 1
        offset = at ^ base
        ensure(max(base ^ c for c in wanted))
        label = units[at] & 0xFF
        units[at] = label | (0x100 if leaf else 0) | (offset << 10)
        for c in wanted:
            used.add(base ^ c)
        if leaf:
            units[base] = values[prefix] | 0x80000000
        for c in children:
            units[base ^ c] = c
        for c in children:
            place(prefix + bytes([c]), base ^ c)

    def valid(offset):
        return offset < 1 << 21

    place(b"", 0)
    ensure(len(units) | 0xFF)  # A byte that has no entry is looked for within the array.
    array = struct.pack(f"<{len(units)}I", *units)
    return base64.b64encode(struct.pack("<I", len(array)) + array + blob).decode()


MAP = {
    "\t": " ", "\n": " ", "\r": " ", "\u00a0": " ", "\u3000": " ", "\u200b": "", "ﬁ": "fi", "½": "1/2", "①": "1",
    "Ａ": "A", "Ｂ": "B", "e\u0301": "é", "Ⅷ": "VIII", "…": "...", "ß": "ss", "\r\n": "  ", "İ": "i", "👍": "+",
}


def sets():
    nmt = N.Sequence([N.Nmt(), N.NFKC(), N.Replace(Regex(" {2,}"), " ")])
    yield "wordpiece_uncased", word_piece()
    yield "wordpiece_cased", word_piece(lowercase=False, strip_accents=False)
    yield "wordpiece_added", with_added(word_piece())
    yield "roberta", byte_level(ROBERTA, post=processors.RobertaProcessing(("</s>", 2), ("<s>", 0)))
    yield "gpt2_prefix", byte_level(["<|endoftext|>"], prefix=True)
    yield "modern", byte_level(BERT, N.NFC(), post=template("[CLS]", "[SEP]", (2, 3)))
    expression = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
    cutter = P.Sequence([P.Split(Regex(expression), "isolated"), P.ByteLevel(add_prefix_space=False, use_regex=False)])
    yield "gpt4", byte_level(["<|endoftext|>"], cutter=cutter, ignore_merges=True)
    yield "llama", sentence_pieces(True)
    yield "metaspace_bpe_unknown", sentence_pieces(False)
    yield "xlmr", unigram(N.Precompiled(base64.b64decode(charsmap(MAP))), P.Metaspace())
    yield "albert", unigram(
        N.Sequence([N.Replace("``", '"'), N.Replace("''", '"'), N.NFKD(), N.StripAccents(), N.Lowercase(), N.Precompiled(base64.b64decode(charsmap(MAP)))]),
        P.Sequence([P.WhitespaceSplit(), P.Metaspace()]),
    )
    yield "t5_added", with_added(unigram(nmt, P.Metaspace(prepend_scheme="first")))
    yield "unigram_scripts", unigram(N.NFKC(), P.Sequence([P.UnicodeScripts(), P.Metaspace(prepend_scheme="never")]))
    yield "clip", trained(
        M.BPE(unk_token="<|endoftext|>", end_of_word_suffix="</w>"),
        T.BpeTrainer(vocab_size=500, special_tokens=["<|endoftext|>"], end_of_word_suffix="</w>", show_progress=False),
        N.Sequence([N.NFC(), N.Replace(Regex(r"\s+"), " "), N.Lowercase()]),
        P.Sequence([P.Split(Regex(r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"), "removed", invert=True)]),
    )
    yield "continuing", trained(
        M.BPE(unk_token="[UNK]", continuing_subword_prefix="##"),
        T.BpeTrainer(vocab_size=500, special_tokens=["[UNK]"], continuing_subword_prefix="##", show_progress=False),
        bert(), P.BertPreTokenizer(),
    )
    yield "wordlevel", trained(
        M.WordLevel(unk_token="[UNK]"), T.WordLevelTrainer(vocab_size=300, special_tokens=["[UNK]"], show_progress=False),
        N.Sequence([N.NFD(), N.Lowercase(), N.StripAccents(), N.Strip()]),
        P.Sequence([P.Whitespace(), P.Digits(individual_digits=True), P.Punctuation("contiguous")]),
    )


def main():
    OUT.mkdir(exist_ok=True)
    for name, tokenizer in sets():
        text = json.dumps(json.loads(tokenizer.to_str()), ensure_ascii=False, separators=(",", ":"))
        (OUT / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
