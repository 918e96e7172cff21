package org.pmf4j.api.table;

/**
 * What counts as nothing in a table: white space, no-break spaces and byte order marks included.
 * Has no state: any thread may call it.
 *
 * @since API version 2
 */
public final class Blank {
  private Blank() {}

  /** Whether a text is empty or of white space alone. */
  public static boolean is(String text) {
    return text.codePoints().allMatch(Blank::isSpace);
  }

  /** A text without white space at its ends. */
  public static String strip(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isSpace(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0xFEFF || c == 0x200B;
  }
}
