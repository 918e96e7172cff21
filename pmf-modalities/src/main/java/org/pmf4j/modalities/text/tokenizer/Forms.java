package org.pmf4j.modalities.text.tokenizer;

import java.text.Normalizer;
import java.text.Normalizer.Form;

/**
 * Unicode's normalization forms, of the version that the tokenizers library has: what newer ones
 * decompose or reorder stays as it is, and nothing moves across it.
 */
final class Forms {
  /** Below it no form changes anything. */
  private static final char FIRST = '\u00A0';

  private Forms() {}

  static String of(String text, Form form) {
    int at = 0;
    while (at < text.length() && text.charAt(at) < FIRST) {
      at++;
    }
    return at == text.length() ? text : changed(text, form);
  }

  private static String changed(String text, Form form) {
    StringBuilder out = null;
    int from = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int next = i + Character.charCount(c);
      if (c >= FIRST && CodePoints.is(CodePoints.UNKNOWN_TO_FORMS, c)) {
        out = out == null ? new StringBuilder(text.length()) : out;
        out.append(Normalizer.normalize(text.substring(from, i), form)).appendCodePoint(c);
        from = next;
      }
      i = next;
    }
    String rest = Normalizer.normalize(text.substring(from), form);
    return out == null ? rest : out.append(rest).toString();
  }
}
