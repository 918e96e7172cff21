package org.pmf4j.cli.demo;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.pmf4j.cli.console.TextTable;
import org.pmf4j.cli.demo.signs.Ceilings;
import org.pmf4j.console.Durations;

/**
 * The methods beside each other, as text.
 *
 * @param rows a row for each method, with a cell for each of {@link #COLUMNS}
 */
record Comparison(List<List<String>> rows) {
  /** Headings. */
  static final List<String> COLUMNS =
      List.of("method", "test accuracy", "trained weights", "share of all", "training time");

  static Comparison of(DemoResult result) {
    return new Comparison(result.all().stream().map(Comparison::row).toList());
  }

  void print(PrintStream out) {
    TextTable table = new TextTable(COLUMNS.toArray(String[]::new));
    rows.forEach(row -> table.row(row.toArray(String[]::new)));
    table.print(out);
  }

  private static List<String> row(Outcome o) {
    return List.of(
        o.name(),
        percent(o.accuracy()),
        String.format(Locale.ROOT, "%,d", o.training().config().trainableParameters()),
        String.format(Locale.ROOT, "%.2f %%", 100 * o.share()),
        Durations.text(o.training().seconds()));
  }

  /** Says what one modality alone can tell. */
  static String ceilings(Ceilings c) {
    return String.format(
            Locale.ROOT,
            "At best %s of the test answers can be told from the picture alone, %s from the question",
            percent(c.picture()),
            percent(c.question()))
        + " alone.";
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
