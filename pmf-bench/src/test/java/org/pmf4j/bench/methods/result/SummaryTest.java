package org.pmf4j.bench.methods.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pmf4j.api.fusion.Tuning;
import org.pmf4j.bench.methods.plan.Variant;
import org.pmf4j.core.metrics.Metric;

@DisplayName("A variant over its seeds")
class SummaryTest {
  private static final Variant PMF = Examples.pmf();
  private static final Variant FULL = Examples.variant("late-concat", Tuning.FULL, "image", "text");

  private static VariantSummary summary(Variant v, double... accuracies) {
    List<CellResult> cells =
        IntStream.range(0, accuracies.length)
            .mapToObj(i -> Examples.cell(v, i, accuracies[i], 100 + 10 * i))
            .toList();
    return VariantSummary.of(v, cells, "accuracy");
  }

  @Test
  @DisplayName("has mean, standard deviation and range of its metrics, and medians of its costs")
  void sums() {
    VariantSummary s = summary(PMF, 0.7, 0.8, 0.9);

    assertThat(s.metric().n()).isEqualTo(3);
    assertThat(s.metric().mean()).isCloseTo(0.8, within(1e-12));
    assertThat(s.metric().deviation()).isCloseTo(0.1, within(1e-12));
    assertThat(s.metric().min()).isEqualTo(0.7);
    assertThat(s.metric().max()).isEqualTo(0.9);
    assertThat(s.metrics().keySet()).containsExactly("loss", "accuracy");
    assertThat(s.trainingPeak()).isEqualTo(110e6);
    assertThat(s.trainingAbove()).isEqualTo(44e6);
    assertThat(s.share()).isEqualTo(0.02);
  }

  @Test
  @DisplayName("has no deviation of one seed, and nothing where all failed")
  void few() {
    assertThat(summary(PMF, 0.7).metric().deviation()).isNull();
    VariantSummary some =
        VariantSummary.of(
            PMF, List.of(Examples.failed(PMF, 0), Examples.cell(PMF, 1, 0.5, 9)), "accuracy");
    assertThat(some.metric().mean()).isEqualTo(0.5);
    assertThat(some.errors()).isEqualTo(Map.of(0L, "no <memory> left"));
    VariantSummary none = VariantSummary.of(PMF, List.of(Examples.failed(PMF, 0)), "accuracy");
    assertThat(none.metric()).isNull();
    assertThat(none.trainingPeak()).isNull();
    assertThat(none.share()).isNaN();
  }

  @ParameterizedTest(name = "{0} against {1}: {2}")
  @DisplayName("of PMF is held against the best fine-tuning and its deviation")
  @CsvSource({
    "0.80, 0.70 0.80 0.90, ': within one standard deviation of its seeds (0.1000)'",
    "0.71, 0.70 0.80 0.90, 'pmf is 0.0900 worse in mean accuracy than late-concat'",
    "0.71, 0.70 0.80 0.90, ': within one standard'",
    "0.69, 0.70 0.80 0.90, ': not within one standard deviation'",
    "0.95, 0.70 0.80 0.90, 'pmf is 0.1500 better in mean accuracy'",
    "0.50, 0.70, 'a single seed has no standard deviation'"
  })
  void verdict(double pmf, String full, String told) {
    double[] others = Arrays.stream(full.split(" ")).mapToDouble(Double::parseDouble).toArray();
    Verdict verdict =
        Verdict.of(List.of(summary(PMF, pmf - 1e-9), summary(FULL, others)), Metric.ACCURACY)
            .orElseThrow();
    assertThat(verdict.sentence("accuracy")).contains(told);
  }

  @Test
  @DisplayName("is better for a smaller loss")
  void smaller() {
    List<VariantSummary> losses =
        List.of(
            VariantSummary.of(PMF, List.of(Examples.cell(PMF, 0, 0.9, 1)), "loss"),
            VariantSummary.of(FULL, List.of(Examples.cell(FULL, 0, 0.8, 1)), "loss"));
    Verdict verdict = Verdict.of(losses, Metric.LOSS).orElseThrow();
    assertThat(verdict.difference()).isCloseTo(0.1, within(1e-12));
    assertThat(verdict.within()).isTrue();
  }

  @Test
  @DisplayName("of PMF is held against nothing but fine-tuning of the same encoders")
  void nothingToCompare() {
    Variant image = Examples.variant("unimodal: image", Tuning.FULL, "image");
    Variant probe = Examples.variant("linear-probe", Tuning.FROZEN, "image", "text");
    Optional<Verdict> verdict =
        Verdict.of(
            List.of(summary(PMF, 0.5), summary(image, 0.9), summary(probe, 0.9)), Metric.ACCURACY);
    assertThat(verdict).isEmpty();
  }
}
