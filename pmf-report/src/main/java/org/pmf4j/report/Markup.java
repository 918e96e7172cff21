package org.pmf4j.report;

import java.util.Locale;

/** Text and numbers as HTML wants them. */
final class Markup {
  private Markup() {}

  /** Text that is safe between tags and inside quoted attributes. */
  static String escape(String text) {
    StringBuilder b = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> b.append("&amp;");
        case '<' -> b.append("&lt;");
        case '>' -> b.append("&gt;");
        case '"' -> b.append("&quot;");
        case '\'' -> b.append("&#39;");
        default -> b.append(c);
      }
    }
    return b.toString();
  }

  /** A format with a point as decimal separator, whatever the system's language. */
  static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
