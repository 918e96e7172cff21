package org.pmf4j.core.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.metrics.Metric;
import org.pmf4j.core.statistics.ConfidenceInterval;

@DisplayName("A comparison with probes")
class ProbeComparisonTest {
  private static final ProbeComparison.Rows ROWS = new ProbeComparison.Rows(700, 700, 203, 203);

  private static Score score(double value, double low, double high) {
    return new Score(value, new ConfidenceInterval(low, high));
  }

  private static ProbeScore probe(double value, Score difference, String... modalities) {
    return new ProbeScore(List.of(modalities), 0.1, score(value, value, value), difference);
  }

  private static ProbeComparison of(Metric metric, double fusion, ProbeScore... probes) {
    return new ProbeComparison(metric, score(fusion, fusion, fusion), List.of(probes), ROWS);
  }

  @Test
  @DisplayName("says plainly that text alone is as good")
  void noBetter() {
    ProbeComparison c =
        of(
            Metric.ACCURACY,
            0.916,
            probe(0.5, score(0.416, 0.35, 0.48), "image"),
            probe(0.936, score(-0.020, -0.055, 0.015), "text"),
            probe(0.931, score(-0.015, -0.050, 0.020), "image", "text"));
    assertThat(c.verdict()).isEqualTo(Verdict.NO_BETTER);
    assertThat(c.best().modalities()).containsExactly("text");
    assertThat(c.sentence())
        .isEqualTo(
            "fusion is no better than text alone, nor than image and text in one linear layer, on"
                + " these 203 rows: accuracy 0.916 against 0.936, a difference of -0.020 (95 %"
                + " interval -0.055 to +0.015)");
  }

  @Test
  @DisplayName("says that fusion is worse than what is better")
  void worse() {
    ProbeComparison c =
        of(
            Metric.ACCURACY,
            0.887,
            probe(0.5, score(0.387, 0.3, 0.4), "image"),
            probe(0.936, score(-0.049, -0.09, -0.01), "text"));
    assertThat(c.verdict()).isEqualTo(Verdict.WORSE);
    assertThat(c.sentence()).startsWith("fusion is worse than text alone, on these 203 rows");
  }

  @Test
  @DisplayName("says that fusion is better, and than what at least, also of an error")
  void better() {
    ProbeComparison c =
        of(
            Metric.MAE,
            1.0,
            probe(2.0, score(-1.0, -1.5, -0.5), "image"),
            probe(1.5, score(-0.5, -0.7, -0.2), "text"));
    assertThat(c.verdict()).isEqualTo(Verdict.BETTER);
    assertThat(c.sentence())
        .isEqualTo(
            "fusion is better than each modality alone and than all in one linear layer, the best of"
                + " which is text alone, on these 203 rows: mae 1.000 against 1.500, a difference of"
                + " -0.500 (95 % interval -0.700 to -0.200)");
  }

  @Test
  @DisplayName("tells where probes have seen fewer rows")
  void fewer() {
    ProbeComparison c =
        new ProbeComparison(
            Metric.ACCURACY,
            score(0.9, 0.9, 0.9),
            List.of(probe(0.9, score(0, -0.1, 0.1), "text")),
            new ProbeComparison.Rows(10_000, 50_000, 203, 203));
    assertThat(c.sentence()).endsWith("; the probes have seen 10,000 of 50,000 training rows");
  }

  @Test
  @DisplayName("has an interval of any metric, of which a model that is always right is better")
  void drawn() {
    Task task = Task.saved(Task.SINGLE_LABEL, List.of("a", "b"), 0, 1);
    List<float[]> targets = new ArrayList<>();
    List<float[]> right = new ArrayList<>();
    List<float[]> half = new ArrayList<>();
    for (int r = 0; r < 60; r++) {
      targets.add(r % 2 == 0 ? new float[] {1, 0} : new float[] {0, 1});
      right.add(r % 2 == 0 ? new float[] {2, 0} : new float[] {0, 2});
      half.add(r % 4 < 2 ? new float[] {1, 0} : new float[] {0, 1});
    }
    List<ModelOutputs> models =
        List.of(new ModelOutputs(task, right, targets), new ModelOutputs(task, half, targets));
    for (Metric metric : List.of(Metric.ACCURACY, Metric.MACRO_F1)) {
      PairedComparison pairs = PairedComparison.of(metric, models);
      assertThat(pairs.score(0).value()).isEqualTo(1);
      assertThat(pairs.score(1).value()).isEqualTo(0.5);
      assertThat(pairs.score(1).interval().contains(0.5)).isTrue();
      assertThat(pairs.difference(1).value()).isEqualTo(0.5);
      assertThat(pairs.difference(1).interval().low()).isGreaterThan(0.3);
      assertThat(pairs.difference(0).interval().contains(0)).isTrue();
    }
  }
}
