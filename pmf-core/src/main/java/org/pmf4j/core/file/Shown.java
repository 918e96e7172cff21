package org.pmf4j.core.file;

/**
 * Data of a user in a message: never longer than a line, never with control characters. Has no
 * state: any thread may call it.
 */
public final class Shown {
  private static final int LONGEST = 60;

  private Shown() {}

  /** A text in quotation marks, cut where it is long. */
  public static String quoted(String text) {
    return '"' + plain(text) + '"';
  }

  /** A text without quotation marks, cut where it is long. */
  public static String plain(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints().limit(LONGEST).forEach(c -> shown.appendCodePoint(isVisible(c) ? c : 0xFFFD));
    boolean cut = text.codePoints().skip(LONGEST).findAny().isPresent();
    return cut ? shown + "…" : shown.toString();
  }

  private static boolean isVisible(int c) {
    int type = Character.getType(c);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR
        && type != Character.SURROGATE
        && type != Character.UNASSIGNED;
  }
}
