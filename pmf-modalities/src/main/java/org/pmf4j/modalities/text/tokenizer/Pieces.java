package org.pmf4j.modalities.text.tokenizer;

/**
 * Where a long text may be cut without changing its tokens, so that it need not be read to its end.
 *
 * @param atSpaces whether before a single space between two letters or digits of ASCII
 * @param betweenIdeographs whether between two of the common Chinese characters
 */
record Pieces(boolean atSpaces, boolean betweenIdeographs) {
  /** Characters that are read at once at least. */
  static final int SMALLEST = 4096;

  /** The last place to cut before {@code end}, or {@code start} if there is none. */
  int cut(String text, int start, int end) {
    for (int i = end - 2; i > start && (atSpaces || betweenIdeographs); i--) {
      char before = text.charAt(i - 1);
      char c = text.charAt(i);
      if (atSpaces && c == ' ' && plain(before) && plain(text.charAt(i + 1))) {
        return i;
      }
      if (betweenIdeographs && ideograph(before) && ideograph(c)) {
        return i;
      }
    }
    return start;
  }

  private static boolean plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private static boolean ideograph(char c) {
    return c >= '\u4E00' && c <= '\u9FFF';
  }
}
