package org.pmf4j.core.model;

import org.pmf4j.api.error.Quote;

/**
 * Texts of users for the cells of a Markdown table, where neither HTML nor Markdown reads them. Has
 * no state: any thread may call it.
 */
public final class Markdown {
  private static final int LONGEST = 200;
  private static final String MARKS = "\\`*[]|";

  private Markdown() {}

  /** A text as it is, on one line, cut where it is very long. */
  public static String text(String text) {
    StringBuilder b = new StringBuilder();
    for (char c : shown(text).toCharArray()) {
      switch (c) {
        case '<' -> b.append("&lt;");
        case '>' -> b.append("&gt;");
        case '&' -> b.append("&amp;");
        default -> {
          if (MARKS.indexOf(c) >= 0) {
            b.append('\\');
          }
          b.append(c);
        }
      }
    }
    return b.toString();
  }

  /** A text as code, unless it has characters that code cannot hold in a table. */
  static String code(String text) {
    String shown = shown(text);
    boolean odd = shown.chars().anyMatch(c -> "`|<&".indexOf(c) >= 0);
    return odd ? text(text) : "`" + shown + "`";
  }

  private static String shown(String text) {
    String plain = Quote.plain(text);
    int count = plain.codePointCount(0, plain.length());
    return count <= LONGEST
        ? plain
        : plain.substring(0, plain.offsetByCodePoints(0, LONGEST)) + "…";
  }
}
