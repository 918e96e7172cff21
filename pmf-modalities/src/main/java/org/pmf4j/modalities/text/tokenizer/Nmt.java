package org.pmf4j.modalities.text.tokenizer;

/** The cleaning of neural machine translation: control characters go, odd spaces become plain. */
final class Nmt {
  private Nmt() {}

  static String apply(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!removed(c)) {
        out.append(space(c) ? ' ' : c);
      }
    }
    return out.toString();
  }

  private static boolean removed(char c) {
    return (c >= 0x01 && c <= 0x08)
        || c == 0x0B
        || (c >= 0x0E && c <= 0x1F)
        || c == 0x7F
        || c == 0x8F
        || c == 0x9F;
  }

  private static boolean space(char c) {
    return switch (c) {
      case '\t', '\n', '\f', '\r', '\u1680', '\u2028', '\u2029', '\u2581', '\uFEFF', '\uFFFD' ->
          true;
      default -> c >= 0x200B && c <= 0x200F;
    };
  }
}
