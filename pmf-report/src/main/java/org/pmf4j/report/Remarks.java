package org.pmf4j.report;

import java.util.List;

/**
 * Running text. Immutable, so that any number of threads may share it.
 *
 * @param title of the section; blank for none
 * @param paragraphs one after the other
 */
public record Remarks(String title, List<String> paragraphs) implements Section {
  /** Copies the list. */
  public Remarks {
    paragraphs = List.copyOf(paragraphs);
  }

  @Override
  public String html() {
    StringBuilder b = new StringBuilder();
    paragraphs.forEach(
        p -> b.append("<p class=\"remark\">").append(Markup.escape(p)).append("</p>\n"));
    return b.toString();
  }
}
