package org.pmf4j.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What most readers skip and some need: command line, versions, hardware. Folded until it is
 * opened. Immutable, so that any number of threads may share it.
 *
 * @param title on the fold
 * @param facts by name, in their order; those of several lines are shown as they are
 */
public record Details(String title, Map<String, String> facts) implements Section {
  /** Copies the map, keeping its order. */
  public Details {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  @Override
  public String html() {
    StringBuilder b =
        new StringBuilder("<details>\n<summary>Show</summary>\n<dl class=\"facts\">\n");
    facts.forEach(
        (name, fact) ->
            b.append("<dt>")
                .append(Markup.escape(name))
                .append("</dt><dd>")
                .append(Markup.escape(fact))
                .append("</dd>\n"));
    return b.append("</dl>\n</details>\n").toString();
  }
}
