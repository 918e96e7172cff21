package org.pmf4j.report;

import java.util.List;

/**
 * Charts, beside each other where there is room. Immutable, so that any number of threads may share
 * it.
 *
 * @param title of the section
 * @param charts from left to right
 */
public record Charts(String title, List<? extends Chart> charts) implements Section {
  /** Copies the list. */
  public Charts {
    charts = List.copyOf(charts);
  }

  @Override
  public String html() {
    StringBuilder b = new StringBuilder("<div class=\"charts\">\n");
    charts.forEach(c -> b.append(c.html()));
    return b.append("</div>\n").toString();
  }
}
