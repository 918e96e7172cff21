package org.pmf4j.cli.page;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pmf4j.api.error.Quote;
import org.pmf4j.report.DataTable;

/** Numbers and texts as pages show them. Has no state: any thread may call it. */
public final class Shown {
  private static final int LABEL = 80;

  private Shown() {}

  /** A name or label, which is anybody's: on one line, and not longer than 80 characters. */
  public static String label(String label) {
    return cut(Quote.plain(label), LABEL);
  }

  /** A text with its lines, cut. */
  public static String text(String text, int longest) {
    return cut(text, longest).lines().map(Quote::plain).collect(Collectors.joining("\n"));
  }

  /** A number with four decimals. */
  public static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  /** A whole number with commas between thousands. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A share as per cent with one decimal. */
  public static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /** Columns whose cells are numbers, but for the first. */
  public static List<DataTable.Column> columns(String first, String... numbers) {
    return Stream.concat(
            Stream.of(new DataTable.Column(first, DataTable.Align.TEXT)),
            Arrays.stream(numbers).map(name -> new DataTable.Column(name, DataTable.Align.NUMBER)))
        .toList();
  }

  private static String cut(String text, int longest) {
    return text.codePointCount(0, text.length()) <= longest
        ? text
        : text.substring(0, text.offsetByCodePoints(0, longest)) + "…";
  }
}
