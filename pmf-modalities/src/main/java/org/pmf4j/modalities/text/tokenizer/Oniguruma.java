package org.pmf4j.modalities.text.tokenizer;

/**
 * What is left between Oniguruma in the tokenizers library and its kin in Java, which knows a
 * newer Unicode, and takes fractions and superscripts for word characters, and symbols for no
 * punctuation.
 */
final class Oniguruma {
  private static final String WORD = "\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}";
  private static final String PUNCTUATION = "\\p{P}\\p{S}";

  /** Not assigned in any version, of two, three and four bytes. */
  private static final int[] UNASSIGNED = {0x378, 0x2FE0, 0x1FFFE};

  private Oniguruma() {}

  /** An expression with what is taken otherwise spelled out. */
  static String translated(String expression) {
    StringBuilder out = new StringBuilder(expression.length());
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      char next = i + 1 < expression.length() ? expression.charAt(i + 1) : 0;
      if (expression.startsWith("[:punct:]", i)) {
        out.append(PUNCTUATION);
        i += "[:punct:]".length() - 1;
        continue;
      }
      if (expression.startsWith("[:^punct:]", i)) {
        out.append("[^").append(PUNCTUATION).append(']');
        i += "[:^punct:]".length() - 1;
        continue;
      }
      if (c != '\\') {
        out.append(c);
        continue;
      }
      i++;
      switch (next) {
        case 'w' -> out.append('[').append(WORD).append(']');
        case 'W' -> out.append("[^").append(WORD).append(']');
        case 0 -> out.append(c);
        default -> out.append(c).append(next);
      }
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
