package org.pmf4j.api.error;

import java.util.Locale;

/**
 * What users wrote, as messages repeat it: on one line, and no more of it than helps. Has no state:
 * any thread may call it.
 */
public final class Quoted {
  /** Longer ones are cut. */
  private static final int LONGEST = 100;

  private Quoted() {}

  /**
   * A value of theirs: control characters are spelled out, and what is longer than 100 characters
   * is cut.
   *
   * @param value a string, number, list or map, or null
   */
  public static String of(Object value) {
    String text = String.valueOf(value);
    StringBuilder shown = new StringBuilder();
    text.codePoints().limit(LONGEST).forEach(c -> append(shown, c));
    return text.codePointCount(0, Math.min(text.length(), 2 * LONGEST + 2)) > LONGEST
        ? shown.append('…').toString()
        : shown.toString();
  }

  private static void append(StringBuilder shown, int c) {
    int kind = Character.getType(c);
    boolean hidden =
        Character.isISOControl(c)
            || kind == Character.FORMAT
            || kind == Character.SURROGATE
            || kind == Character.LINE_SEPARATOR
            || kind == Character.PARAGRAPH_SEPARATOR;
    if (hidden) {
      shown.append(String.format(Locale.ROOT, "\\u%04x", c));
    } else {
      shown.appendCodePoint(c);
    }
  }
}
