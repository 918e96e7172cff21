package org.pmf4j.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.batch.Targets;

@DisplayName("Target rows")
class TargetRowsTest {
  private static final Offset<Float> TINY = within(1e-6f);

  /** Three rows of class 0 and one of class 1. */
  private static TargetRows rows() {
    return TargetRows.of(new float[][] {{1, 0}, {1, 0}, {0, 1}, {1, 0}});
  }

  @Test
  @DisplayName("make batches whose weights sum to one")
  void batches() {
    Targets<HostTensor> batch = rows().batch(List.of(2, 0, 1));
    assertThat(batch.values().floats()).containsExactly(0, 1, 1, 0, 1, 0);
    float third = 1f / 3;
    assertThat(batch.weights().floats()).containsExactly(new float[] {third, third, third}, TINY);
  }

  @Test
  @DisplayName("spread a share of the target over all classes when smoothed")
  void smoothing() {
    float[] targets = rows().smoothed(0.2).batch(List.of(2)).values().floats();
    assertThat(targets).containsExactly(new float[] {0.1f, 0.9f}, TINY);
  }

  @Test
  @DisplayName("count every class the same in sum when balanced")
  void balancing() {
    float[] weights = rows().balanced().batch(List.of(0, 1, 2, 3)).weights().floats();
    float sixth = 1f / 6;
    assertThat(weights).containsExactly(new float[] {sixth, sixth, 0.5f, sixth}, TINY);
  }
}
