package org.pmf4j.cli.evaluate.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pmf4j.cli.page.Shown;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.model.Answer;
import org.pmf4j.core.model.Answers;
import org.pmf4j.report.Charts;
import org.pmf4j.report.DataTable;
import org.pmf4j.report.LineChart;
import org.pmf4j.report.Remarks;
import org.pmf4j.report.ScatterPlot;
import org.pmf4j.report.Section;

/** What numbers are predicted against the true ones, and what is left between them. */
final class RegressionSections {
  private static final int MOST_POINTS = 2000;
  private static final double[] SHARES = {0, 0.05, 0.25, 0.5, 0.75, 0.95, 1};

  private RegressionSections() {}

  static List<Section> of(Answers answers) {
    List<Answer> rows = answers.rows();
    List<ScatterPlot.Point> fit = new ArrayList<>();
    List<ScatterPlot.Point> residuals = new ArrayList<>();
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    int step = (rows.size() + MOST_POINTS - 1) / MOST_POINTS;
    for (int i = 0; i < rows.size(); i += step) {
      double truth = Task.Regression.number(rows.get(i).example());
      double predicted = rows.get(i).prediction().value();
      fit.add(ScatterPlot.Point.of("", 0, truth, predicted));
      residuals.add(ScatterPlot.Point.of("", 0, predicted, predicted - truth));
      low = Math.min(low, truth);
      high = Math.max(high, truth);
    }
    List<Section> sections = new ArrayList<>();
    sections.add(
        new Charts(
            "Predicted and true",
            List.of(
                cloud("Predicted against true", "true", "predicted", fit, low, low, high, high),
                cloud("Residuals", "predicted", "predicted − true", residuals, low, 0, high, 0))));
    if (fit.size() < rows.size()) {
      sections.add(
          new Remarks(
              "",
              List.of(
                  String.format(
                      Locale.ROOT,
                      "Drawn are %,d of %,d rows, evenly from the table.",
                      fit.size(),
                      rows.size()))));
    }
    sections.add(quantiles(rows));
    return sections;
  }

  private static ScatterPlot cloud(
      String title,
      String x,
      String y,
      List<ScatterPlot.Point> points,
      double fromX,
      double fromY,
      double toX,
      double toY) {
    ScatterPlot.Guide guide =
        new ScatterPlot.Guide(new LineChart.Point(fromX, fromY), new LineChart.Point(toX, toY));
    return new ScatterPlot(title, x, y, ScatterPlot.Spacing.LINEAR, points, Optional.of(guide));
  }

  private static DataTable quantiles(List<Answer> rows) {
    double[] sorted =
        rows.stream()
            .mapToDouble(a -> a.prediction().value() - Task.Regression.number(a.example()))
            .sorted()
            .toArray();
    return new DataTable(
        "Residuals by rank",
        Shown.columns("Share of rows below", "Predicted − true"),
        Arrays.stream(SHARES)
            .mapToObj(
                s ->
                    List.of(
                        Shown.percent(s),
                        String.format(
                            Locale.ROOT,
                            "%.4g",
                            sorted[(int) Math.round(s * (sorted.length - 1))])))
            .toList());
  }
}
