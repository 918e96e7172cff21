package org.pmf4j.modalities.text.tokenizer;

import java.util.Locale;

/** Words of a file or text within a message: short, and without control characters. */
final class Quoted {
  private static final int LONGEST = 60;

  private Quoted() {}

  /** The text between quotes, cut after 60 characters. */
  static String of(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    int end = Math.min(text.length(), LONGEST);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      boolean plain = c >= ' ' && (c < 0x7F || Character.isLetterOrDigit(c) || c == '\u2581');
      quoted.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "\\u%04X", (int) c));
    }
    return quoted.append(end < text.length() ? "…\"" : "\"").toString();
  }
}
