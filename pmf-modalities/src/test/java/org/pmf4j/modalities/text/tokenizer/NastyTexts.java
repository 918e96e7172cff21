package org.pmf4j.modalities.text.tokenizer;

import java.util.Random;

/** Texts of all kinds, from a seed: words, scripts, marks, emoji, control characters, spaces. */
final class NastyTexts {
  private static final String[] WORDS = {
    "red",
    "Is",
    "the",
    "rectangle",
    "it's",
    "they'LL",
    "don't",
    "crème",
    "Brûlée",
    "naïve",
    "1234",
    "3.14",
    "x==y",
    "C++",
    "#tag",
    "<mask>",
    "</s>",
    "[MASK]",
    "[UNK]",
    "<s>",
    "<unk>",
    "<brand>",
    "<BRAND>",
    "new_token42",
    "New_Token42",
    "word",
    "words",
    "Left",
    "Right",
    "two words",
    "[E1]",
    "[E1]2",
    "<gap>",
    "é",
    "e\u0301",
    "ﬁne",
    "Straße",
    "İstanbul",
    "ΣΑΣ",
    "привет",
    "测试",
    "東京タワー",
    "ひらがな",
    "한국어",
    "ᄒ\u1161ᆫ",
    "שלום",
    "مرحبا",
    "नमस्ते",
    "สวัสดี",
    "👩‍👩‍👧",
    "🇩🇪🇫",
    "👍🏽",
    "❤\uFE0F",
    "½Ⅷ①",
    "ＡＢ",
    "…",
    "„a“",
    "``b''",
    "'s",
    "''",
    "\u0130",
    "ŉ",
    "ǆ",
    "Ǆ",
    "▁",
    "Ġ",
    "##a",
    "<|endoftext|>",
    "<0x41>",
    "\u1ABF",
    "\uA7F2",
    "\uD804\uDD38",
    "a\u0315\u0300\u05ae",
    "\u0344"
  };
  private static final String[] GAPS = {
    " ", " ", " ", "", "  ", "   ", "\t", "\n", "\r\n", "\r", "\u00A0", "\u3000", "\u200B",
    "\u2028", "\u0085", "\u001C", "\uFEFF", "\u180E", ",", ". ", "-", "_", "'", "!?", "\u0000",
    "\u0007", "\u00AD"
  };

  private final Random random;

  NastyTexts(long seed) {
    this.random = new Random(seed);
  }

  String next() {
    return switch (random.nextInt(10)) {
      case 0 -> points(0x110000);
      case 1 -> points(0x3000);
      case 2 -> points(0x80);
      case 3 -> longWord();
      case 4 -> GAPS[random.nextInt(GAPS.length)].repeat(random.nextInt(5));
      default -> words();
    };
  }

  private String words() {
    StringBuilder text = new StringBuilder();
    int count = random.nextInt(12);
    for (int i = 0; i < count; i++) {
      text.append(random.nextInt(6) == 0 ? points(0x2000) : WORDS[random.nextInt(WORDS.length)]);
      text.append(GAPS[random.nextInt(random.nextBoolean() ? 3 : GAPS.length)]);
    }
    return text.toString();
  }

  private String points(int below) {
    StringBuilder text = new StringBuilder();
    int count = random.nextInt(8);
    for (int i = 0; i < count; i++) {
      int c = random.nextInt(below);
      boolean half = c >= 0xD800 && c < 0xE000;
      text.appendCodePoint(half ? 0xFFFD : c);
    }
    return text.toString();
  }

  private String longWord() {
    String unit = WORDS[random.nextInt(WORDS.length)].replace(" ", "");
    return unit.repeat(1 + random.nextInt(60));
  }
}
