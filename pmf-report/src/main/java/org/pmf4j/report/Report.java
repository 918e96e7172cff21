package org.pmf4j.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pmf4j.api.file.AtomicFile;

/**
 * A report. Immutable, so that any number of threads may share it.
 *
 * @param title the page's title
 * @param summary a sentence or two below it; blank for none
 * @param sections in the order in which they are shown
 */
public record Report(String title, String summary, List<Section> sections) {
  private static final String STYLE = Resources.text("report.css");

  /** Copies the list. */
  public Report {
    sections = List.copyOf(sections);
  }

  /** A report without sections. */
  public static Report of(String title, String summary) {
    return new Report(title, summary, List.of());
  }

  /** This report and one more section at its end. */
  public Report with(Section section) {
    List<Section> more = new ArrayList<>(sections);
    more.add(section);
    return new Report(title, summary, more);
  }

  /** The whole page. */
  public String html() {
    StringBuilder b = new StringBuilder();
    b.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    b.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    b.append("<meta name=\"color-scheme\" content=\"light dark\">\n");
    // Lets the browser itself refuse whatever would reach out of the file
    b.append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';");
    b.append(" img-src data:; media-src data:; style-src 'unsafe-inline'");
    b.append(hasCharts() ? "; script-src " + ChartScript.sources() : "").append("\">\n");
    b.append("<title>").append(Markup.escape(title)).append("</title>\n");
    b.append("<style>\n").append(STYLE).append("</style>\n</head>\n<body>\n<main>\n");
    b.append("<header>\n<h1>").append(Markup.escape(title)).append("</h1>\n");
    if (!summary.isBlank()) {
      b.append("<p class=\"summary\">").append(Markup.escape(summary)).append("</p>\n");
    }
    b.append("</header>\n");
    for (Section s : sections) {
      b.append("<section>\n");
      if (!s.title().isBlank()) {
        b.append("<h2>").append(Markup.escape(s.title())).append("</h2>\n");
      }
      b.append(s.html()).append("</section>\n");
    }
    b.append("</main>\n").append(hasCharts() ? ChartScript.html() : "");
    return b.append("</body>\n</html>\n").toString();
  }

  private boolean hasCharts() {
    return sections.stream().anyMatch(s -> s instanceof Charts c && !c.charts().isEmpty());
  }

  /**
   * Writes the page, replacing an older one whole.
   *
   * @throws org.pmf4j.api.error.PmfException naming file and reason, if it cannot be written
   */
  public void write(Path file) {
    AtomicFile.write(file, html());
  }
}
