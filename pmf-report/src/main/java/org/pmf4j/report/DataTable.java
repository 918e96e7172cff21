package org.pmf4j.report;

import java.util.List;

/**
 * A table. Immutable, so that any number of threads may share it.
 *
 * @param title of the section
 * @param columns from left to right
 * @param rows of as many cells as there are columns
 */
public record DataTable(String title, List<Column> columns, List<List<String>> rows)
    implements Section {
  /** Copies the lists and checks that they fit. */
  public DataTable {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    int width = columns.size();
    rows.forEach(
        row -> {
          if (row.size() != width) {
            throw new IllegalArgumentException(row.size() + " cells for " + width + " columns");
          }
        });
  }

  /** How a column's cells line up. */
  public enum Align {
    /** Words, flush left. */
    TEXT,
    /** Numbers, flush right, digits of equal width. */
    NUMBER
  }

  /** A column's heading and alignment. */
  public record Column(String name, Align align) {}

  @Override
  public String html() {
    StringBuilder b = new StringBuilder("<div class=\"wide\"><table class=\"data\">\n<thead><tr>");
    columns.forEach(c -> cell(b, "th scope=\"col\"", c, c.name()));
    b.append("</tr></thead>\n<tbody>\n");
    for (List<String> row : rows) {
      b.append("<tr>");
      for (int i = 0; i < row.size(); i++) {
        cell(b, "td", columns.get(i), row.get(i));
      }
      b.append("</tr>\n");
    }
    return b.append("</tbody>\n</table></div>\n").toString();
  }

  private static void cell(StringBuilder b, String tag, Column column, String text) {
    String kind = column.align() == Align.NUMBER ? " class=\"number\"" : "";
    String end = tag.substring(0, 2);
    b.append(Markup.format("<%s%s>%s</%s>", tag, kind, Markup.escape(text), end));
  }
}
