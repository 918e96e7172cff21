package org.pmf4j.modalities.text.tokenizer;

/** Halves of characters: surrogates without their other, which no UTF-8 text can have. */
final class Halves {
  private Halves() {}

  /** The text with U+FFFD in place of each half. */
  static String replaced(String text) {
    StringBuilder changed = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
        continue;
      }
      changed = changed == null ? new StringBuilder(text) : changed;
      changed.setCharAt(i, '\uFFFD');
    }
    return changed == null ? text : changed.toString();
  }
}
