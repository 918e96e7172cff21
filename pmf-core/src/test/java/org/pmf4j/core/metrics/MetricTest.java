package org.pmf4j.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;

class MetricTest {
  @Test
  void knowsWhichWayIsBetter() {
    assertThat(Metric.named("macro_f1").better(0.6, 0.5)).isTrue();
    assertThat(Metric.named("macro_f1").better(0.5, 0.5)).isFalse();
    assertThat(Metric.named("loss").better(0.4, 0.5)).isTrue();
    assertThat(Metric.named("mae").better(0.6, 0.5)).isFalse();
  }

  @Test
  void anyNumberIsBetterThanNoneAndNoneIsNeverBetter() {
    assertThat(Metric.LOSS.better(5, Double.NaN)).isTrue();
    assertThat(Metric.LOSS.better(Double.NaN, 5)).isFalse();
    assertThat(Metric.LOSS.better(Double.NaN, Double.NaN)).isFalse();
  }

  @Test
  void listsItsNamesForAnUnknownOne() {
    assertThatThrownBy(() -> Metric.named("f1"))
        .isInstanceOfSatisfying(
            PmfException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.USAGE))
        .hasMessage(
            "unknown metric 'f1'; known: loss, accuracy, macro_f1, micro_f1, auroc, micro_auroc,"
                + " map, micro_map, mae, rmse, r2");
  }
}
