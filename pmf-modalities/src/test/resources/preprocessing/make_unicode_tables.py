"""Makes unicode.tsv: what the tokenizers library takes each code point for.

Each of its parts has tables of its own, of several Unicode versions, and Java's change with the JDK; so
they are asked of the library itself. Run with tokenizers installed (0.22.2 and 0.23 give the same file):

    python make_unicode_tables.py > ../../../main/resources/org/pmf4j/modalities/text/tokenizer/unicode.tsv

A line is a name and ranges of code points, in hexadecimal; in the line "lower" each is "from>to+to".
"""

import unicodedata

from tokenizers import Regex, normalizers as N, pre_tokenizers as P

ALL = [c for c in range(0x110000) if not 0xD800 <= c < 0xE000]


def emit(name, cps):
    ranges = []
    for c in cps:
        # Surrogates are no characters, so that a range may go across them.
        if ranges and (c == ranges[-1][1] + 1 or (c == 0xE000 and ranges[-1][1] == 0xD7FF)):
            ranges[-1][1] = c
        else:
            ranges.append([c, c])
    print(name + "\t" + " ".join(f"{a:x}" if a == b else f"{a:x}-{b:x}" for a, b in ranges))


def bert(**flags):
    usual = dict(clean_text=False, handle_chinese_chars=False, strip_accents=False, lowercase=False)
    return N.BertNormalizer(**{**usual, **flags}).normalize_str


def pieces(cutter, c):
    return len(cutter.pre_tokenize_str("a" + chr(c) + "a"))


def removed(expression):
    cutter = P.Split(Regex(expression), "removed")
    return [c for c in ALL if cutter.pre_tokenize_str(chr(c)) == []]


def scripts():
    cut = lambda a, b: len(P.UnicodeScripts().pre_tokenize_str(a + b)) == 2
    some = {c for c in ALL if cut("a", chr(c)) or cut("\u4e00", chr(c))}
    classes, last = [], None
    for c in ALL:
        if c not in some:
            continue
        if last is None or cut(last[0], chr(c)):
            last = next((k for k in classes if not cut(k[0], chr(c))), None)
            if last is None:
                last = [chr(c)]
                classes.append(last)
                continue
        last.append(chr(c))
    for i, members in enumerate(classes):
        emit(f"script-{i}", [ord(c) for c in members])


def unknown_to_forms():
    """What newer Unicode versions decompose or reorder, and the library does not."""
    nfd, nfkd = N.NFD().normalize_str, N.NFKD().normalize_str
    for c in ALL:
        ccc = unicodedata.combining(chr(c))
        if unicodedata.normalize("NFKD", chr(c)) != chr(c) == nfkd(chr(c)):
            yield c
        elif 0 < ccc < 240 and nfd("a\u0345" + chr(c)) == "a\u0345" + chr(c):
            yield c


def main():
    clean, accents, strip = bert(clean_text=True), bert(strip_accents=True), N.StripAccents().normalize_str
    emit("bert-removed", [c for c in ALL if clean(chr(c)) == ""])
    emit("bert-space", [c for c in ALL if clean(chr(c)) == " "])
    emit("bert-chinese", [c for c in ALL if len(bert(handle_chinese_chars=True)(chr(c))) == 3])
    emit("bert-accent", [c for c in ALL if accents(chr(c)) == ""])
    emit("strip-accent", [c for c in ALL if strip(chr(c)) == ""])
    emit("punctuation", [c for c in ALL if pieces(P.BertPreTokenizer(), c) == 3])
    emit("space", [c for c in ALL if pieces(P.WhitespaceSplit(), c) == 2])
    emit("digit", [c for c in ALL if pieces(P.Digits(), c) == 3])
    emit("word", [c for c in ALL if pieces(P.Whitespace(), c) == 1])
    emit("letter", removed(r"\p{L}"))
    emit("number", removed(r"\p{N}"))
    emit("unassigned", removed(r"\p{Cn}"))
    emit("unknown-to-forms", unknown_to_forms())
    low = N.Lowercase().normalize_str
    print("lower\t" + " ".join(
        f"{c:x}>" + "+".join(f"{ord(x):x}" for x in low(chr(c))) for c in ALL if low(chr(c)) != chr(c)))
    scripts()


if __name__ == "__main__":
    main()
