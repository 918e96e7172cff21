package org.pmf4j.modalities.text.tokenizer;

import java.util.Map;

/**
 * What is left between Oniguruma in the tokenizers library and its kin in Java, which knows a newer
 * Unicode, and takes fractions and superscripts for word characters, and symbols for no
 * punctuation.
 */
final class Oniguruma {
  private static final String WORD = "\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}";
  private static final String PUNCTUATION = "\\p{P}\\p{S}";
  private static final Map<String, String> SPELLED =
      Map.of(
          "\\w", "[" + WORD + "]",
          "\\W", "[^" + WORD + "]",
          "[:punct:]", PUNCTUATION,
          "[:^punct:]", "[^" + PUNCTUATION + "]");

  /** Not assigned in any version, of two, three and four bytes. */
  private static final int[] UNASSIGNED = {0x378, 0x2FE0, 0x1FFFE};

  private Oniguruma() {}

  /** An expression with what is taken otherwise spelled out. */
  static String translated(String expression) {
    StringBuilder out = new StringBuilder(expression.length());
    int i = 0;
    while (i < expression.length()) {
      int from = i;
      String spelled =
          SPELLED.keySet().stream()
              .filter(key -> expression.startsWith(key, from))
              .findFirst()
              .orElse("");
      // A backslash takes the next character along, so that a second one begins nothing.
      int width = expression.charAt(i) == '\\' ? 2 : 1;
      int end = Math.min(expression.length(), i + Math.max(width, spelled.length()));
      out.append(SPELLED.getOrDefault(spelled, expression.substring(i, end)));
      i = end;
    }
    return out.toString();
  }

  /** A text in which what the library's Unicode version does not know is no character. */
  static String masked(String text) {
    StringBuilder changed = null;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int width = Character.charCount(c);
      if (c > 0x7F && CodePoints.is(CodePoints.UNASSIGNED, c)) {
        changed = changed == null ? new StringBuilder(text) : changed;
        int plain = UNASSIGNED[c < 0x800 ? 0 : width];
        changed.replace(i, i + width, Character.toString(plain));
      }
      i += width;
    }
    return changed == null ? text : changed.toString();
  }
}
