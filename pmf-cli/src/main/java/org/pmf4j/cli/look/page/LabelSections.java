package org.pmf4j.cli.look.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pmf4j.cli.page.Shown;
import org.pmf4j.core.look.Look;
import org.pmf4j.core.split.Part;
import org.pmf4j.report.BarChart;
import org.pmf4j.report.Charts;
import org.pmf4j.report.DataTable;
import org.pmf4j.report.Remarks;
import org.pmf4j.report.Section;

/** Which labels there are, and how they are balanced. */
final class LabelSections {
  private static final int BARS = 30;
  private static final int ROWS = 200;

  private LabelSections() {}

  static List<Section> of(Look look) {
    List<Section> sections = new ArrayList<>();
    look.labels().ifPresent(labels -> add(sections, look, labels));
    return sections;
  }

  private static void add(List<Section> sections, Look look, Look.Labels labels) {
    String title = "Labels: column " + Shown.label(labels.column());
    List<String> words = new ArrayList<>();
    words.add(
        String.format(
            Locale.ROOT,
            "A %s task: %s. %,d rows have no label.",
            labels.task(),
            labels.reason(),
            labels.missing()));
    words.addAll(LookWords.labels(look, labels));
    sections.add(new Remarks(title, words));
    labels
        .numbers()
        .ifPresent(
            n ->
                sections.add(
                    new Charts(
                        "", List.of(ColumnSections.histogram(Shown.label(labels.column()), n)))));
    if (!labels.classes().isEmpty()) {
      sections.add(new Charts("", List.of(bars(look, labels))));
      sections.add(table(look, labels));
    }
  }

  private static BarChart bars(Look look, Look.Labels labels) {
    int shown = Math.min(BARS, labels.classes().size());
    return new BarChart(
        labels.different() > shown
            ? String.format(Locale.ROOT, "The %d most frequent of %,d", shown, labels.different())
            : "Rows of each class",
        "rows",
        labels.classes().stream()
            .limit(BARS)
            .map(
                c ->
                    BarChart.Bar.of(
                        Shown.label(c.label()),
                        0,
                        (double) c.all(),
                        Shown.count(c.all()) + ", " + LookWords.share(look, labels, c)))
            .toList());
  }

  private static DataTable table(Look look, Look.Labels labels) {
    List<Part> parts = look.parts().size() > 1 ? List.copyOf(look.parts().keySet()) : List.of();
    List<String> header = new ArrayList<>(List.of("Rows", "Share"));
    parts.forEach(p -> header.add(p.toString()));
    List<List<String>> rows = new ArrayList<>();
    labels.classes().stream()
        .limit(ROWS)
        .forEach(
            c -> {
              List<String> row = new ArrayList<>();
              row.add(Shown.label(c.label()));
              row.add(Shown.count(c.all()));
              row.add(LookWords.share(look, labels, c));
              parts.forEach(p -> row.add(Shown.count(c.rows().getOrDefault(p, 0L))));
              rows.add(row);
            });
    return new DataTable("", Shown.columns("Class", header.toArray(String[]::new)), rows);
  }
}
