package org.pmf4j.api.error;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

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
    String text = text(value);
    StringBuilder shown = new StringBuilder();
    text.codePoints().limit(LONGEST).forEach(c -> append(shown, c));
    return text.codePointCount(0, Math.min(text.length(), 2 * LONGEST + 2)) > LONGEST
        ? shown.append('…').toString()
        : shown.toString();
  }

  /** Objects and lists about as a file of JSON or YAML has them, so far as they are shown. */
  private static String text(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .limit(LONGEST)
          .map(e -> e.getKey() + ": " + text(e.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value instanceof List<?> list) {
      return list.stream()
          .limit(LONGEST)
          .map(Quoted::text)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    return String.valueOf(value);
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
