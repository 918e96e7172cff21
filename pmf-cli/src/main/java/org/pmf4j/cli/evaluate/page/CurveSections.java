package org.pmf4j.cli.evaluate.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.pmf4j.cli.page.Shown;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.metrics.Calibration;
import org.pmf4j.core.metrics.DecisionCurve;
import org.pmf4j.core.model.Answers;
import org.pmf4j.report.Charts;
import org.pmf4j.report.DataTable;
import org.pmf4j.report.LineChart;
import org.pmf4j.report.Remarks;
import org.pmf4j.report.Section;

/** What depends on probabilities: curves, thresholds, calibration. */
final class CurveSections {
  /** As many as lines can be told apart. */
  private static final int LINES = 6;

  private static final int MOST_LABELS = 200;

  private final Task task;
  private final Map<String, DecisionCurve> curves;
  private final List<Section> sections = new ArrayList<>();

  private CurveSections(Answers answers) {
    this.task = answers.task();
    this.curves = curves(answers);
  }

  static List<Section> of(Answers answers) {
    CurveSections made = new CurveSections(answers);
    made.drawings();
    made.thresholds();
    answers.calibration().ifPresent(made::calibration);
    return made.sections;
  }

  /** Of two classes one, the second: the other's are the same, seen from behind. */
  private static Map<String, DecisionCurve> curves(Answers answers) {
    Map<String, DecisionCurve> all = answers.curves();
    if (isBinary(answers.task())) {
      all = new LinkedHashMap<>(all);
      all.remove(answers.task().labels().get(0));
    }
    return all;
  }

  private static boolean isBinary(Task task) {
    return task instanceof Task.SingleLabel && task.labels().size() == 2;
  }

  private void drawings() {
    if (curves.isEmpty()) {
      return;
    }
    List<String> shown = shown();
    List<LineChart.Line> roc = new ArrayList<>();
    List<LineChart.Line> precision = new ArrayList<>();
    for (String label : shown) {
      DecisionCurve c = curves.get(label);
      roc.add(
          line(
              name(label) + String.format(Locale.ROOT, ", area %.3f", c.auroc()),
              c.points(),
              DecisionCurve.Point::falsePositiveRate,
              DecisionCurve.Point::recall));
      precision.add(
          line(
              name(label) + String.format(Locale.ROOT, ", mean %.3f", c.averagePrecision()),
              c.points(),
              DecisionCurve.Point::recall,
              DecisionCurve.Point::precision));
    }
    roc.add(guide("by chance"));
    sections.add(
        new Charts(
            "Curves",
            List.of(
                new LineChart("ROC", "false positive rate", "true positive rate", roc),
                new LineChart("Precision and recall", "recall", "precision", precision))));
    if (shown.size() < curves.size()) {
      sections.add(
          new Remarks(
              "",
              List.of(
                  String.format(
                      Locale.ROOT,
                      "Drawn are those of the most rows, %d of %d.",
                      shown.size(),
                      curves.size()))));
    }
  }

  private List<String> shown() {
    Comparator<String> mostRows = Comparator.comparingLong(label -> -curves.get(label).positives());
    // All labels together have the most positives, and come first
    return curves.keySet().stream().sorted(mostRows).limit(LINES).toList();
  }

  private void thresholds() {
    boolean multi = task instanceof Task.MultiLabel;
    String label = multi ? DecisionCurve.ALL : task.labels().get(task.labels().size() - 1);
    DecisionCurve curve = curves.get(label);
    if (curve == null || !multi && !isBinary(task)) {
      return;
    }
    List<DecisionCurve.Point> points = curve.thresholds();
    sections.add(
        new Charts(
            "Thresholds",
            List.of(
                new LineChart(
                    "Given from a probability on: " + name(label),
                    "threshold",
                    List.of(
                        overThresholds("precision", points, DecisionCurve.Point::precision),
                        overThresholds("recall", points, DecisionCurve.Point::recall),
                        overThresholds("F1", points, DecisionCurve.Point::f1))))));
    List<List<String>> rows = new ArrayList<>();
    points.forEach(p -> rows.add(row(String.format(Locale.ROOT, "%.2f", p.threshold()), p)));
    rows.add(row(Shown.number(curve.best().threshold()) + ", best F1", curve.best()));
    sections.add(
        new DataTable("", Shown.columns("Threshold", "Precision", "Recall", "F1", "Given"), rows));
    if (multi) {
      sections.add(best());
    }
  }

  private DataTable best() {
    List<List<String>> rows = new ArrayList<>();
    curves.entrySet().stream()
        .filter(e -> !e.getKey().equals(DecisionCurve.ALL))
        .limit(MOST_LABELS)
        .forEach(
            e -> {
              DecisionCurve.Point best = e.getValue().best();
              DecisionCurve.Point half = e.getValue().thresholds().get(9);
              rows.add(
                  List.of(
                      Shown.label(e.getKey()),
                      Shown.number(best.threshold()),
                      Shown.number(best.precision()),
                      Shown.number(best.recall()),
                      Shown.number(best.f1()),
                      Shown.number(half.f1())));
            });
    return new DataTable(
        "The best threshold of each label, on these rows",
        Shown.columns("Label", "Threshold", "Precision", "Recall", "F1", "F1 at 0.5"),
        rows);
  }

  private static List<String> row(String name, DecisionCurve.Point p) {
    return List.of(
        name,
        Shown.number(p.precision()),
        Shown.number(p.recall()),
        Shown.number(p.f1()),
        Shown.count(p.given()));
  }

  private void calibration(Calibration calibration) {
    List<Calibration.Bin> filled =
        calibration.bins().stream().filter(b -> b.decisions() > 0).toList();
    LineChart reliability =
        new LineChart(
            "Reliability",
            "probability",
            "share that is right",
            List.of(
                new LineChart.Line(
                    "these rows",
                    filled.stream()
                        .map(b -> new LineChart.Point(b.probability(), b.share()))
                        .toList()),
                guide("as it should be")));
    sections.add(new Charts("Calibration", List.of(reliability)));
    String decisions =
        task instanceof Task.MultiLabel
            ? "each label of each row"
            : "the most probable class of each row";
    sections.add(
        new Remarks(
            "",
            List.of(
                String.format(
                    Locale.ROOT,
                    "The expected calibration error is %.4f: so far are probabilities from the"
                        + " share that is right, in the mean over decisions, ten ranges of"
                        + " probability apart. A decision is %s.",
                    calibration.expectedError(),
                    decisions))));
    sections.add(
        new DataTable(
            "",
            Shown.columns("Range", "Decisions", "Mean probability", "Right"),
            filled.stream()
                .map(
                    b ->
                        List.of(
                            String.format(Locale.ROOT, "%.1f to %.1f", b.low(), b.high()),
                            Shown.count(b.decisions()),
                            Shown.number(b.probability()),
                            Shown.number(b.share())))
                .toList()));
  }

  private static String name(String label) {
    return label.equals(DecisionCurve.ALL) ? "all labels" : Shown.label(label);
  }

  private static LineChart.Line line(
      String name,
      List<DecisionCurve.Point> points,
      ToDoubleFunction<DecisionCurve.Point> x,
      ToDoubleFunction<DecisionCurve.Point> y) {
    return new LineChart.Line(
        name,
        points.stream()
            .map(p -> new LineChart.Point(x.applyAsDouble(p), y.applyAsDouble(p)))
            .toList());
  }

  private static LineChart.Line overThresholds(
      String name, List<DecisionCurve.Point> points, ToDoubleFunction<DecisionCurve.Point> value) {
    return line(name, points, DecisionCurve.Point::threshold, value);
  }

  private static LineChart.Line guide(String name) {
    return new LineChart.Line(
        name, List.of(new LineChart.Point(0, 0), new LineChart.Point(1, 1)), LineChart.Style.GUIDE);
  }
}
