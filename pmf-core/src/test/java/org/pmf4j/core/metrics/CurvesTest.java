package org.pmf4j.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.metrics.DecisionCurve.Point;

/** Holds curves, thresholds and calibration against scikit-learn's, on tied scores. */
class CurvesTest {
  /** Scores are held in single precision, which has seven digits. */
  private static final double TOLERANCE = 1e-6;

  private static final List<String> LABELS = List.of("a", "b", "c", "d", "e");

  @Test
  void curvesOfOneClassAgainstTheRestAreThoseOfScikitLearn() throws IOException {
    assertCurves(evaluation("single", new Task.SingleLabel(LABELS)), "single");
  }

  @Test
  void curvesOfEachLabelAndOfAllTogetherAreThoseOfScikitLearn() throws IOException {
    assertCurves(evaluation("multi", new Task.MultiLabel(LABELS)), "multi");
  }

  @Test
  void calibrationOfTheMostProbableClassIsThatOfScikitLearn() throws IOException {
    assertCalibration(evaluation("single", new Task.SingleLabel(LABELS)), "single");
  }

  @Test
  void calibrationOfAllDecisionsIsThatOfScikitLearn() throws IOException {
    assertCalibration(evaluation("multi", new Task.MultiLabel(LABELS)), "multi");
  }

  @Test
  void aRegressionHasNeitherCurvesNorCalibration() {
    Evaluation evaluation = Evaluation.of(new Task.Regression(0, 1));
    evaluation.add(new float[] {1}, new float[] {2});
    assertThat(evaluation.curves()).isEmpty();
    assertThat(evaluation.calibration()).isEmpty();
  }

  @Test
  void aLongCurveIsThinnedToItsEndsAndSomePointsBetween() {
    long seed = 11;
    SplittableRandom random = new SplittableRandom(seed);
    Evaluation evaluation = Evaluation.of(new Task.SingleLabel(List.of("no", "yes")));
    for (int i = 0; i < 5000; i++) {
      boolean yes = random.nextBoolean();
      float z = (float) (random.nextGaussian() + (yes ? 1 : 0));
      evaluation.add(new float[] {0, z}, yes ? new float[] {0, 1} : new float[] {1, 0});
    }
    DecisionCurve curve = evaluation.curves().get("yes");
    List<Point> points = curve.points();
    assertThat(points).as("seed %d", seed).hasSizeBetween(190, 201);
    assertThat(points.get(0).given()).isZero();
    assertThat(points.get(points.size() - 1).given()).isEqualTo(5000);
    double area = 0;
    for (int i = 1; i < points.size(); i++) {
      double width = points.get(i).falsePositiveRate() - points.get(i - 1).falsePositiveRate();
      area += width * (points.get(i).recall() + points.get(i - 1).recall()) / 2;
    }
    // Straight lines between 200 points of a smooth curve of area 0.76
    assertThat(area).isCloseTo(curve.auroc(), within(1e-3));
  }

  @Test
  void theLossOfARowIsItsPartOfTheMean() throws IOException {
    Evaluation evaluation = Evaluation.of(new Task.MultiLabel(LABELS));
    JsonNode fixture = json("metrics.json").get("multi");
    double sum = 0;
    for (int i = 0; i < fixture.get("outputs").size(); i++) {
      sum +=
          evaluation.add(floats(fixture.at("/outputs/" + i)), floats(fixture.at("/targets/" + i)));
    }
    EvaluationResult result = evaluation.result();
    assertThat(sum / result.rows()).isCloseTo(result.value(Metric.LOSS), within(1e-12));
  }

  @Test
  void theIntervalOfAShareIsWilsons() {
    // scipy.stats: binomtest(8, 10).proportion_ci(method="wilson"), and of 10 in 10
    assertThat(Interval.ofShare(0.8, 10).low()).isCloseTo(0.4901624715, within(1e-9));
    assertThat(Interval.ofShare(0.8, 10).high()).isCloseTo(0.9433178485, within(1e-9));
    assertThat(Interval.ofShare(1, 10).low()).isCloseTo(0.7224672001, within(1e-9));
    assertThat(Interval.ofShare(1, 10).high()).isCloseTo(1, within(1e-9));
  }

  @Test
  void intervalsHoldTheirMetricAndNarrowWithTheNumberOfRows() throws IOException {
    JsonNode fixture = json("metrics.json").get("single");
    List<float[]> outputs = rows(fixture.get("outputs"));
    List<float[]> targets = rows(fixture.get("targets"));
    Map<String, Interval> few = intervals(outputs, targets);
    for (int i = 0; i < 4; i++) {
      outputs.addAll(rows(fixture.get("outputs")));
      targets.addAll(rows(fixture.get("targets")));
    }
    Map<String, Interval> many = intervals(outputs, targets);
    Map<String, Double> metrics = measured(outputs, targets);
    assertThat(many.keySet()).isEqualTo(metrics.keySet());
    many.forEach(
        (name, interval) -> {
          assertThat(metrics.get(name)).as(name).isBetween(interval.low(), interval.high());
          double width = few.get(name).high() - few.get(name).low();
          assertThat(interval.high() - interval.low()).as(name).isLessThan(0.7 * width);
        });
    assertThat(intervals(outputs, targets)).isEqualTo(many);
  }

  private static Map<String, Interval> intervals(List<float[]> outputs, List<float[]> targets) {
    Task task = new Task.SingleLabel(LABELS);
    return Intervals.of(task, outputs, targets, measured(outputs, targets), 5);
  }

  private static Map<String, Double> measured(List<float[]> outputs, List<float[]> targets) {
    Evaluation evaluation = Evaluation.of(new Task.SingleLabel(LABELS));
    for (int i = 0; i < outputs.size(); i++) {
      evaluation.add(outputs.get(i), targets.get(i));
    }
    return evaluation.result().metrics();
  }

  private static void assertCurves(Evaluation evaluation, String name) throws IOException {
    JsonNode expected = json("curves.json").get(name).get("curves");
    Map<String, DecisionCurve> curves = evaluation.curves();
    assertThat(curves).hasSize(expected.size());
    curves.forEach((label, curve) -> assertCurve(label, curve, expected.get(label)));
  }

  private static void assertCurve(String label, DecisionCurve curve, JsonNode expected) {
    List<Point> points = curve.points();
    assertThat(points).as(label).hasSameSizeAs(expected.get("thresholds"));
    for (int i = 0; i < points.size(); i++) {
      Point p = points.get(i);
      String what = label + " " + i;
      assertThat(p.threshold())
          .as(what)
          .isCloseTo(number(expected, "thresholds", i), within(TOLERANCE));
      assertThat(p.falsePositiveRate())
          .as(what)
          .isCloseTo(number(expected, "fpr", i), within(TOLERANCE));
      assertThat(p.recall()).as(what).isCloseTo(number(expected, "tpr", i), within(TOLERANCE));
      assertThat(p.precision())
          .as(what)
          .isCloseTo(number(expected, "precision", i), within(TOLERANCE));
    }
    assertThat(curve.auroc()).isCloseTo(expected.get("auroc").doubleValue(), within(TOLERANCE));
    assertThat(curve.averagePrecision())
        .isCloseTo(expected.get("average_precision").doubleValue(), within(TOLERANCE));
    assertThat(curve.best().f1()).isCloseTo(expected.get("best").doubleValue(), within(TOLERANCE));
    assertThat(curve.thresholds()).hasSize(19);
    for (int i = 0; i < 19; i++) {
      Point p = curve.thresholds().get(i);
      JsonNode row = expected.get("grid").get(i);
      assertThat(List.of(p.threshold(), p.precision(), p.recall(), p.f1()))
          .as("%s at %s", label, row.get(0))
          .zipSatisfy(
              List.of(row.get(0), row.get(1), row.get(2), row.get(3)),
              (own, theirs) -> assertThat(own).isCloseTo(theirs.doubleValue(), within(TOLERANCE)));
    }
  }

  private static void assertCalibration(Evaluation evaluation, String name) throws IOException {
    JsonNode expected = json("curves.json").get(name).get("calibration");
    Calibration calibration = evaluation.calibration().orElseThrow();
    int filled = 0;
    for (int i = 0; i < calibration.bins().size(); i++) {
      Calibration.Bin bin = calibration.bins().get(i);
      assertThat(bin.decisions()).isEqualTo(expected.get("counts").get(i).longValue());
      if (bin.decisions() > 0) {
        assertThat(bin.share()).isCloseTo(number(expected, "share", filled), within(TOLERANCE));
        assertThat(bin.probability())
            .isCloseTo(number(expected, "probability", filled), within(TOLERANCE));
        filled++;
      }
    }
    assertThat(filled).isEqualTo(expected.get("share").size());
    assertThat(calibration.expectedError())
        .isCloseTo(expected.get("error").doubleValue(), within(TOLERANCE));
  }

  private static double number(JsonNode node, String name, int at) {
    JsonNode value = node.get(name).get(at);
    return value.isTextual() ? Double.POSITIVE_INFINITY : value.doubleValue();
  }

  private static Evaluation evaluation(String name, Task task) throws IOException {
    JsonNode fixture = json("metrics.json").get(name);
    Evaluation evaluation = Evaluation.of(task);
    List<float[]> outputs = rows(fixture.get("outputs"));
    List<float[]> targets = rows(fixture.get("targets"));
    for (int i = 0; i < outputs.size(); i++) {
      evaluation.add(outputs.get(i), targets.get(i));
    }
    return evaluation;
  }

  private static List<float[]> rows(JsonNode node) {
    List<float[]> rows = new ArrayList<>();
    node.forEach(row -> rows.add(floats(row)));
    return rows;
  }

  private static float[] floats(JsonNode row) {
    float[] r = new float[row.size()];
    for (int i = 0; i < r.length; i++) {
      r[i] = (float) row.get(i).doubleValue();
    }
    return r;
  }

  private static JsonNode json(String name) throws IOException {
    try (InputStream in = CurvesTest.class.getResourceAsStream(name)) {
      return new ObjectMapper().readTree(in);
    }
  }
}
