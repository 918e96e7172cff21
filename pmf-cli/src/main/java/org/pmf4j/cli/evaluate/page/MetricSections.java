package org.pmf4j.cli.evaluate.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.pmf4j.cli.page.Shown;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.metrics.EvaluationResult;
import org.pmf4j.core.metrics.Metric;
import org.pmf4j.core.model.Answers;
import org.pmf4j.core.statistics.ConfidenceInterval;
import org.pmf4j.report.DataTable;
import org.pmf4j.report.Headline;
import org.pmf4j.report.Remarks;
import org.pmf4j.report.Section;

/** The metrics, how sure they are, and those of each pattern of modalities. */
final class MetricSections {
  /** The same page each time it is made of the same rows. */
  private static final long SEED = 1;

  private static final String NONE = "–";

  private MetricSections() {}

  static List<Section> of(Answers answers) {
    EvaluationResult result = answers.result();
    Map<String, ConfidenceInterval> intervals = answers.intervals(SEED);
    List<Section> sections = new ArrayList<>();
    sections.add(headline(answers, intervals));
    List<List<String>> rows = new ArrayList<>();
    result
        .metrics()
        .forEach(
            (name, value) -> {
              ConfidenceInterval interval = intervals.get(name);
              rows.add(
                  List.of(
                      name,
                      Shown.number(value),
                      interval == null ? NONE : Shown.number(interval.low()),
                      interval == null ? NONE : Shown.number(interval.high())));
            });
    sections.add(new DataTable("Metrics", Shown.columns("Metric", "Value", "From", "To"), rows));
    sections.add(new Remarks("", List.of(explained(result, intervals))));
    return sections;
  }

  static DataTable patterns(EvaluationResult result) {
    List<String> names = List.copyOf(result.metrics().keySet());
    List<List<String>> rows = new ArrayList<>();
    result
        .patterns()
        .forEach(
            (pattern, found) -> {
              List<String> row = new ArrayList<>();
              row.add(pattern);
              row.add(Shown.count(found.rows()));
              for (String name : names) {
                Double value = found.metrics().get(name);
                row.add(value == null ? NONE : Shown.number(value));
              }
              rows.add(row);
            });
    List<String> columns = new ArrayList<>(List.of("Rows"));
    columns.addAll(names);
    return new DataTable(
        "By what was there", Shown.columns("There", columns.toArray(String[]::new)), rows);
  }

  private static Headline headline(Answers answers, Map<String, ConfidenceInterval> intervals) {
    Map<String, Double> metrics = answers.result().metrics();
    List<Headline.Figure> figures = new ArrayList<>();
    for (Metric metric : headlines(answers.task())) {
      Double value = metrics.get(metric.key());
      if (value != null) {
        ConfidenceInterval i = intervals.get(metric.key());
        figures.add(
            new Headline.Figure(
                Shown.number(value),
                metric.key(),
                i == null ? "" : Shown.number(i.low()) + " to " + Shown.number(i.high())));
      }
    }
    figures.add(new Headline.Figure(Shown.count(answers.result().rows()), "rows", ""));
    return new Headline("", figures);
  }

  private static List<Metric> headlines(Task task) {
    if (task instanceof Task.Regression) {
      return List.of(Metric.MAE, Metric.RMSE, Metric.R2);
    }
    return task instanceof Task.MultiLabel
        ? List.of(Metric.MACRO_F1, Metric.MICRO_F1, Metric.MAP)
        : List.of(Metric.ACCURACY, Metric.MACRO_F1, Metric.AUROC);
  }

  private static String explained(
      EvaluationResult result, Map<String, ConfidenceInterval> intervals) {
    if (intervals.isEmpty() || intervals.keySet().equals(Set.of(Metric.ACCURACY.key()))) {
      return "The intervals of most metrics would take too long for so many rows and classes; at so"
          + " many rows chance moves a metric little.";
    }
    return String.format(
        Locale.ROOT,
        "From and to are the interval in which a metric lies with a confidence of 95 %% for rows of"
            + " the same kind, %,d of them: Wilson's for accuracy, the percentile bootstrap over"
            + " rows for the others.",
        result.rows());
  }
}
