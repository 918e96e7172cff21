package org.pmf4j.cli.evaluate;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pmf4j.cli.console.TextTable;
import org.pmf4j.core.metrics.ConfusionMatrix;

/**
 * A confusion matrix for a terminal: the whole of it, or of many classes the most confused ones.
 */
final class ConfusionText {
  /** As many columns as go beside each other. */
  private static final int LARGEST = 10;

  private static final int PAIRS = 10;

  private ConfusionText() {}

  static void print(ConfusionMatrix matrix, PrintStream out) {
    if (matrix.labels().size() <= LARGEST) {
      out.println();
      whole(matrix).print(out);
      return;
    }
    List<ConfusionMatrix.Confusion> pairs = matrix.mostConfused(PAIRS);
    if (!pairs.isEmpty()) {
      out.println();
      TextTable table = new TextTable("most confused", "taken for", "rows", "of the class");
      for (ConfusionMatrix.Confusion c : pairs) {
        table.row(c.truth(), c.prediction(), count(c.rows()), percent(c.share()));
      }
      table.print(out);
    }
  }

  private static TextTable whole(ConfusionMatrix matrix) {
    List<String> header = new ArrayList<>(List.of("truth \\ prediction"));
    header.addAll(matrix.labels());
    TextTable table = new TextTable(header.toArray(String[]::new));
    for (int t = 0; t < matrix.labels().size(); t++) {
      List<String> row = new ArrayList<>(List.of(matrix.labels().get(t)));
      matrix.counts().get(t).forEach(n -> row.add(count(n)));
      table.row(row.toArray(String[]::new));
    }
    return table;
  }

  private static String count(long rows) {
    return String.format(Locale.ROOT, "%,d", rows);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
