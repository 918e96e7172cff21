package org.pmf4j.api.error;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How texts that come from users are repeated: on one line, without characters that move a
 * terminal's cursor or turn the direction of writing, and not without end. All methods are pure.
 * Has no state: any thread may call it.
 */
public final class Quote {
  private static final int LONGEST_VALUE = 80;
  private static final int LONGEST_FAULT = 560;
  private static final int FAULT_END = 160;
  private static final int LONGEST_MESSAGE = 4_000;
  private static final int MESSAGE_END = 900;
  private static final String BETWEEN_FAULTS = "; ";

  private Quote() {}

  /**
   * A value in single quotes; what is longer than 80 characters is cut and its length told.
   *
   * @param value of any length, with any characters
   */
  public static String value(String value) {
    if (value.length() <= LONGEST_VALUE) {
      return "'" + plain(value) + "'";
    }
    String length = String.format(Locale.ROOT, "%,d", value.length());
    return "'" + plain(start(value, LONGEST_VALUE)) + "…' (" + length + " characters)";
  }

  /**
   * A name for lists: as it is where that is unambiguous, else as {@link #value} has it.
   *
   * @param name of any length, with any characters
   */
  public static String name(String name) {
    boolean odd = name.isEmpty() || !name.equals(name.strip()) || name.length() > LONGEST_VALUE;
    return odd || name.contains(", ") ? value(name) : plain(name);
  }

  /**
   * A whole message: its characters as {@link #plain} has them; of each of its parts, between
   * semicolons, the middle is left out where it is longer than 560 characters, and of the whole
   * where it is longer than 4,000, since the beginning says where and the end what to do.
   */
  public static String message(String message) {
    String all = plain(message);
    if (all.length() <= LONGEST_FAULT) {
      return all;
    }
    String shorter =
        Arrays.stream(all.split(BETWEEN_FAULTS, -1))
            .map(part -> withoutMiddle(part, LONGEST_FAULT, FAULT_END))
            .collect(Collectors.joining(BETWEEN_FAULTS));
    return withoutMiddle(shorter, LONGEST_MESSAGE, MESSAGE_END);
  }

  private static String withoutMiddle(String text, int longest, int kept) {
    if (text.length() <= longest) {
      return text;
    }
    String end = text.substring(text.length() - kept);
    int from = Character.isLowSurrogate(end.charAt(0)) ? 1 : 0;
    return start(text, longest - kept) + " … " + end.substring(from);
  }

  /**
   * A text without line breaks, control characters, marks of direction and halves of surrogate
   * pairs: these are written as in Java, such as {@code \n} and {@code \u001b}.
   */
  public static String plain(String text) {
    StringBuilder b = null;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int next = i + Character.charCount(c);
      if (isUnsafe(c)) {
        if (b == null) {
          b = new StringBuilder(text.length() + 16).append(text, 0, i);
        }
        b.append(escape(c));
      } else if (b != null) {
        b.appendCodePoint(c);
      }
      i = next;
    }
    return b == null ? text : b.toString();
  }

  private static boolean isUnsafe(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      case Character.FORMAT -> turnsWriting(c) || c == 0xFEFF;
      default -> false;
    };
  }

  /**
   * Marks that make what follows stand elsewhere than it is; joiners in words are not among them.
   */
  private static boolean turnsWriting(int c) {
    return c == 0x061C
        || c == 0x200E
        || c == 0x200F
        || c >= 0x202A && c <= 0x202E
        || c >= 0x2066 && c <= 0x2069;
  }

  private static String escape(int c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> String.format(Locale.ROOT, "\\u%04x", c);
    };
  }

  private static String start(String text, int length) {
    int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    return text.substring(0, end);
  }
}
