package org.pmf4j.cli.look.page;

import java.util.ArrayList;
import java.util.List;
import org.pmf4j.cli.page.Shown;
import org.pmf4j.core.look.Look;
import org.pmf4j.core.look.Numbers;
import org.pmf4j.report.BarChart;
import org.pmf4j.report.Chart;
import org.pmf4j.report.Charts;
import org.pmf4j.report.DataTable;
import org.pmf4j.report.LineChart;
import org.pmf4j.report.Remarks;
import org.pmf4j.report.Section;

/** What the columns hold, and how large their values are. */
final class ColumnSections {
  private static final int MOST_COLUMNS = 200;
  private static final int MOST_CHARTS = 40;

  private ColumnSections() {}

  static DataTable table(Look look) {
    List<DataTable.Column> header =
        List.of(
            new DataTable.Column("Column", DataTable.Align.TEXT),
            new DataTable.Column("Holds", DataTable.Align.TEXT),
            new DataTable.Column("Read by", DataTable.Align.TEXT),
            new DataTable.Column("Blank", DataTable.Align.NUMBER),
            new DataTable.Column("Different", DataTable.Align.NUMBER),
            new DataTable.Column("Because", DataTable.Align.TEXT));
    List<List<String>> rows = new ArrayList<>();
    look.columns().stream()
        .limit(MOST_COLUMNS)
        .forEach(
            c ->
                rows.add(
                    List.of(
                        Shown.label(c.name()),
                        c.role().kind().toString(),
                        c.role().modality().orElse("–"),
                        Shown.count(c.missing()),
                        LookWords.different(c),
                        Shown.label(c.role().reason()))));
    String title =
        look.columns().size() > MOST_COLUMNS
            ? "Columns: the first " + MOST_COLUMNS + " of " + Shown.count(look.columns().size())
            : "Columns";
    return new DataTable(title, header, rows);
  }

  static List<Section> charts(Look look) {
    List<Section> sections = new ArrayList<>();
    List<Chart> charts = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    boolean estimated = false;
    for (Look.Column column : look.columns()) {
      for (Numbers n : column.numbers()) {
        if (n.min() < n.max()) {
          charts.add(histogram(Shown.label(column.name()), n));
        }
        estimated |= n.estimated();
        rows.add(
            List.of(
                LookWords.measure(Shown.label(column.name()), n),
                LookWords.number(n.min()),
                (n.estimated() ? "~" : "") + LookWords.number(n.median()),
                LookWords.number(n.max()),
                LookWords.number(n.mean())));
      }
      if (LookWords.showsValues(column)) {
        charts.add(frequent(column));
      }
    }
    if (!rows.isEmpty()) {
      sections.add(
          new DataTable(
              "Sizes and numbers",
              Shown.columns("Measure", "Min", "Median", "Max", "Mean"),
              rows.subList(0, Math.min(MOST_COLUMNS, rows.size()))));
    }
    if (estimated) {
      sections.add(new Remarks("", List.of(LookWords.ESTIMATED)));
    }
    if (!charts.isEmpty()) {
      sections.add(new Charts("", charts.subList(0, Math.min(MOST_CHARTS, charts.size()))));
    }
    return sections;
  }

  /** Shares of the values by range, each at the middle of its range. */
  static LineChart histogram(String column, Numbers numbers) {
    String what = LookWords.measure(column, numbers);
    List<LineChart.Point> points =
        numbers.ranges().stream()
            .map(r -> new LineChart.Point((r.from() + r.to()) / 2, 100 * r.share()))
            .toList();
    String unit = numbers.unit().isEmpty() ? "value" : numbers.unit();
    return new LineChart(
        what, unit, "% of the values in a range", List.of(new LineChart.Line(what, points)));
  }

  private static BarChart frequent(Look.Column column) {
    return new BarChart(
        "Most frequent: " + Shown.label(column.name()),
        "rows",
        column.frequent().stream()
            .map(
                f ->
                    BarChart.Bar.of(
                        Shown.label(f.value()), 1, (double) f.rows(), Shown.count(f.rows())))
            .toList());
  }
}
