package org.pmf4j.report;

import java.util.List;

/**
 * A confusion matrix as a table with counts, the darker the larger the share of the true class.
 * Immutable, so that any number of threads may share it.
 *
 * @param title of the section
 * @param labels the classes
 * @param counts a row for each true class, in it a count for each predicted one
 */
public record ConfusionTable(String title, List<String> labels, List<List<Long>> counts)
    implements Section {
  /** From this share on a cell is dark enough to need light text. */
  private static final double DARK = 0.5;

  /** The most columns whose headings are not turned on their side, on a wide screen. */
  private static final int UPRIGHT = 8;

  /** Copies the lists. */
  public ConfusionTable {
    labels = List.copyOf(labels);
    counts = counts.stream().map(List::copyOf).toList();
  }

  @Override
  public String html() {
    String many = labels.size() > UPRIGHT ? " many" : "";
    StringBuilder b = new StringBuilder();
    b.append("<p class=\"caption\">Rows are true classes, columns are predictions;");
    b.append(" the shade is the share of the row.</p>\n");
    b.append(Markup.format("<div class=\"wide\"><table class=\"confusion%s\">\n", many));
    b.append("<thead><tr><td></td>");
    for (String label : labels) {
      b.append("<th scope=\"col\"><span>").append(Markup.escape(label)).append("</span></th>");
    }
    b.append("</tr></thead>\n<tbody>\n");
    for (int t = 0; t < labels.size(); t++) {
      b.append("<tr><th scope=\"row\">").append(Markup.escape(labels.get(t))).append("</th>");
      row(b, t);
      b.append("</tr>\n");
    }
    return b.append("</tbody>\n</table></div>\n").toString();
  }

  private void row(StringBuilder b, int truth) {
    List<Long> row = counts.get(truth);
    long sum = row.stream().mapToLong(Long::longValue).sum();
    for (int p = 0; p < row.size(); p++) {
      double share = sum == 0 ? 0 : (double) row.get(p) / sum;
      b.append(
          Markup.format(
              "<td%s style=\"--share:%.3f\" title=\"%s taken for %s: %.1f %% of %d\">%d</td>",
              kind(row.get(p), share),
              share,
              Markup.escape(labels.get(truth)),
              Markup.escape(labels.get(p)),
              100 * share,
              sum,
              row.get(p)));
    }
  }

  private static String kind(long count, double share) {
    return count == 0 ? " class=\"none\"" : share >= DARK ? " class=\"dark\"" : "";
  }
}
