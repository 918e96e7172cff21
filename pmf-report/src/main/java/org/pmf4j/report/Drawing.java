package org.pmf4j.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/**
 * A chart's element: what is drawn as JSON, which {@code charts.js} reads, and the same numbers as
 * a table, for who cannot see the drawing and for browsers without scripts.
 *
 * @param title above it
 * @param kind for the style: blank, or {@code big}
 * @param legend between title and drawing, as HTML; blank for none
 * @param data what is drawn
 * @param numbers all that is drawn
 */
record Drawing(
    String title, String kind, String legend, Map<String, Object> data, DataTable numbers) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Rows of the table: more would be longer than the page. */
  private static final int MOST_ROWS = 500;

  String html() {
    StringBuilder b = new StringBuilder();
    b.append("<figure class=\"").append(kind.isEmpty() ? "chart" : "chart " + kind).append("\">\n");
    b.append("<figcaption>").append(Markup.escape(title)).append("</figcaption>\n").append(legend);
    b.append("<div class=\"plot\" tabindex=\"0\" role=\"group\" aria-roledescription=\"chart\"");
    b.append(" aria-label=\"").append(Markup.escape(title));
    b.append("; arrow keys go through its points, the table below has its numbers\"");
    b.append(" data-chart=\"").append(Markup.escape(json())).append("\"></div>\n");
    b.append("<p class=\"said\" aria-live=\"polite\"></p>\n");
    b.append("<details class=\"numbers\">\n<summary>Numbers</summary>\n").append(table());
    return b.append("</details>\n</figure>\n").toString();
  }

  /** A number for the JSON: there is none for what is not finite. */
  static Double number(double value) {
    return Double.isFinite(value) ? value : null;
  }

  /** A number for the table, with four digits. */
  static String text(double value) {
    if (!Double.isFinite(value)) {
      return "–";
    }
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e9;
    return Markup.format(whole ? "%.0f" : "%.4g", value);
  }

  private String table() {
    int rows = numbers.rows().size();
    if (rows <= MOST_ROWS) {
      return numbers.html();
    }
    return Markup.format("<p class=\"caption\">The first %d of %d.</p>\n", MOST_ROWS, rows)
        + new DataTable("", numbers.columns(), numbers.rows().subList(0, MOST_ROWS)).html();
  }

  private String json() {
    try {
      return JSON.writeValueAsString(data);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain numbers and texts", e);
    }
  }
}
