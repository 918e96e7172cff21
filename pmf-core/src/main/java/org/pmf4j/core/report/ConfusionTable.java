package org.pmf4j.core.report;

import java.util.List;
import org.pmf4j.core.metrics.ConfusionMatrix;

/**
 * A confusion matrix as a table with counts, the darker the larger the share of the true class.
 * Immutable, so that any number of threads may share it.
 *
 * @param title of the section
 * @param matrix the counts
 */
public record ConfusionTable(String title, ConfusionMatrix matrix) implements Section {
  /** From this share on a cell is dark enough to need light text. */
  private static final double DARK = 0.5;

  /** The most columns whose headings are not turned on their side, on a wide screen. */
  private static final int UPRIGHT = 8;

  @Override
  public String html() {
    List<String> labels = matrix.labels();
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
    List<Long> counts = matrix.counts().get(truth);
    long sum = counts.stream().mapToLong(Long::longValue).sum();
    for (int p = 0; p < counts.size(); p++) {
      double share = sum == 0 ? 0 : (double) counts.get(p) / sum;
      b.append(
          Markup.format(
              "<td%s style=\"--share:%.3f\" title=\"%s taken for %s: %.1f %% of %d\">%d</td>",
              kind(counts.get(p), share),
              share,
              Markup.escape(matrix.labels().get(truth)),
              Markup.escape(matrix.labels().get(p)),
              100 * share,
              sum,
              counts.get(p)));
    }
  }

  private static String kind(long count, double share) {
    return count == 0 ? " class=\"none\"" : share >= DARK ? " class=\"dark\"" : "";
  }
}
