package org.pmf4j.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.data.Task;

/** Holds the metrics against scikit-learn's, on tied scores and absent classes. */
class EvaluationTest {
  /** Both sides compute in double precision; only the order of summation differs. */
  private static final double TOLERANCE = 1e-10;

  private static final List<String> LABELS = List.of("a", "b", "c", "d", "e");

  private static JsonNode fixture(String name) throws IOException {
    try (InputStream in = EvaluationTest.class.getResourceAsStream("metrics.json")) {
      return new ObjectMapper().readTree(in).get(name);
    }
  }

  private static EvaluationResult evaluate(Task task, JsonNode fixture) {
    Evaluation evaluation = Evaluation.of(task);
    List<float[]> outputs = rows(fixture.get("outputs"));
    List<float[]> targets = rows(fixture.get("targets"));
    int half = outputs.size() / 2;
    for (int i = 0; i < half; i++) {
      evaluation.add(outputs.get(i), targets.get(i));
    }
    int width = outputs.get(0).length;
    float[] rest = new float[(outputs.size() - half) * width];
    for (int i = half; i < outputs.size(); i++) {
      System.arraycopy(outputs.get(i), 0, rest, (i - half) * width, width);
    }
    HostTensor batch = HostTensor.of(rest, outputs.size() - half, width);
    evaluation.add(batch, targets.subList(half, targets.size()));
    return evaluation.result();
  }

  private static List<float[]> rows(JsonNode node) {
    List<float[]> rows = new ArrayList<>();
    node.forEach(
        row -> {
          float[] r = new float[row.size()];
          for (int i = 0; i < r.length; i++) {
            r[i] = (float) row.get(i).doubleValue();
          }
          rows.add(r);
        });
    return rows;
  }

  private static void assertMetrics(EvaluationResult result, JsonNode fixture) {
    JsonNode expected = fixture.get("expected");
    assertThat(result.rows()).isEqualTo(fixture.get("outputs").size());
    assertThat(result.metrics()).hasSize(expected.size());
    expected
        .properties()
        .forEach(
            e ->
                assertThat(Metric.value(result.metrics(), e.getKey()))
                    .as(e.getKey())
                    .isCloseTo(e.getValue().doubleValue(), within(TOLERANCE)));
  }

  private static void assertClasses(EvaluationResult result, JsonNode expected) {
    for (int c = 0; c < LABELS.size(); c++) {
      ClassScores scores = result.classes().get(c);
      assertThat(scores.label()).isEqualTo(LABELS.get(c));
      JsonNode row = expected.get(c);
      assertThat(scores.precision()).isCloseTo(row.get(0).doubleValue(), within(TOLERANCE));
      assertThat(scores.recall()).isCloseTo(row.get(1).doubleValue(), within(TOLERANCE));
      assertThat(scores.f1()).isCloseTo(row.get(2).doubleValue(), within(TOLERANCE));
      assertThat(scores.support()).isEqualTo(row.get(3).longValue());
    }
  }

  @Test
  void singleLabelMetricsAreThoseOfScikitLearn() throws IOException {
    JsonNode fixture = fixture("single");
    EvaluationResult result = evaluate(new Task.SingleLabel(LABELS), fixture);
    assertMetrics(result, fixture);
    assertClasses(result, fixture.get("classes"));
    ConfusionMatrix confusion = result.confusion().orElseThrow();
    for (int t = 0; t < LABELS.size(); t++) {
      for (int p = 0; p < LABELS.size(); p++) {
        assertThat(confusion.count(t, p))
            .isEqualTo(fixture.get("confusion").get(t).get(p).longValue());
      }
    }
    assertThat(result.notes())
        .containsExactly("auroc leaves out 1 of 5 classes, which no row or every row has: e");
  }

  @Test
  void multiLabelMetricsAreThoseOfScikitLearn() throws IOException {
    JsonNode fixture = fixture("multi");
    EvaluationResult result = evaluate(new Task.MultiLabel(LABELS), fixture);
    assertMetrics(result, fixture);
    assertClasses(result, fixture.get("classes"));
    assertThat(result.confusion()).isEmpty();
    assertThat(result.notes())
        .containsExactly(
            "auroc leaves out 2 of 5 classes, which no row or every row has: d, e",
            "map leaves out 1 of 5 classes, which no row has: d");
  }

  @Test
  void regressionMetricsAreThoseOfScikitLearnInTheTargetsUnit() throws IOException {
    JsonNode fixture = fixture("regression");
    Task task =
        new Task.Regression(
            fixture.get("mean").doubleValue(), fixture.get("deviation").doubleValue());
    EvaluationResult result = evaluate(task, fixture);
    assertMetrics(result, fixture);
    assertThat(result.classes()).isEmpty();
  }

  @Test
  void aClassNeitherSeenNorPredictedIsLeftOutOfMacroF1() {
    Evaluation evaluation = Evaluation.of(new Task.SingleLabel(List.of("a", "b", "c")));
    evaluation.add(new float[] {3, 1, 0}, new float[] {1, 0, 0});
    evaluation.add(new float[] {1, 3, 0}, new float[] {0, 1, 0});
    EvaluationResult result = evaluation.result();
    assertThat(result.value(Metric.MACRO_F1)).isEqualTo(1);
    assertThat(result.notes())
        .contains(
            "macro_f1 leaves out 1 of 3 classes, which are neither in the data nor predicted");
  }

  @Test
  void whatTheDataDoNotDefineIsAbsentAndSaidSo() {
    Evaluation evaluation = Evaluation.of(new Task.Regression(0, 1));
    evaluation.add(new float[] {1}, new float[] {2});
    EvaluationResult result = evaluation.result();
    assertThat(result.metrics()).containsOnlyKeys("loss", "mae", "rmse");
    assertThat(result.notes()).containsExactly("r2 is not defined: all targets are the same");
    assertThatThrownBy(() -> result.value(Metric.R2))
        .isInstanceOf(PmfException.class)
        .hasMessage("metric 'r2' cannot be measured on these data; measured: loss, mae, rmse");
  }

  @Test
  void scoresThatSaturateAsProbabilitiesStillRank() {
    Evaluation evaluation = Evaluation.of(new Task.SingleLabel(List.of("a", "b")));
    evaluation.add(new float[] {100, 0}, new float[] {1, 0});
    evaluation.add(new float[] {90, 0}, new float[] {0, 1});
    assertThat(evaluation.result().value(Metric.AUROC)).isEqualTo(1);
  }

  @Test
  void refusesOutputsThatAreNotNumbers() {
    Evaluation evaluation = Evaluation.of(new Task.SingleLabel(List.of("a", "b")));
    assertThatThrownBy(() -> evaluation.add(new float[] {Float.NaN, 0}, new float[] {1, 0}))
        .isInstanceOfSatisfying(
            PmfException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.COMPUTATION))
        .hasMessage("an output of the model is NaN, not a finite number");
  }

  @Test
  void refusesRowsOfTheWrongWidthAndNoRows() {
    Evaluation evaluation = Evaluation.of(new Task.SingleLabel(List.of("a", "b")));
    assertThatThrownBy(() -> evaluation.add(new float[3], new float[2]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(evaluation::result).isInstanceOf(IllegalStateException.class);
  }
}
