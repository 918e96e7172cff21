package org.pmf4j.report;

import java.util.List;

/**
 * The few numbers that matter most, large. Immutable, so that any number of threads may share it.
 *
 * @param title of the section; blank for none
 * @param figures in the order of their weight
 */
public record Headline(String title, List<Figure> figures) implements Section {
  /** Copies the list. */
  public Headline {
    figures = List.copyOf(figures);
  }

  /**
   * One number.
   *
   * @param value as it is shown, with its unit
   * @param name what it is
   * @param remark a few words below; blank for none
   */
  public record Figure(String value, String name, String remark) {}

  @Override
  public String html() {
    StringBuilder b = new StringBuilder("<dl class=\"figures\">\n");
    for (Figure f : figures) {
      b.append("<div><dt>").append(Markup.escape(f.name())).append("</dt><dd>");
      b.append(Markup.escape(f.value())).append("</dd>");
      if (!f.remark().isBlank()) {
        b.append("<dd class=\"remark\">").append(Markup.escape(f.remark())).append("</dd>");
      }
      b.append("</div>\n");
    }
    return b.append("</dl>\n").toString();
  }
}
