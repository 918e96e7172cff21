package org.pmf4j.core.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;

@DisplayName("Of one sample the cache keeps")
class RealTokensTest {
  private static final Named<HostTensor> BATCH =
      Named.of("states", HostTensor.of(new float[] {1, 2, 3, 4, 5, 6}, 1, 3, 2))
          .with("settled.log_sum_exp", HostTensor.of(new float[] {7, 8, 9}, 1, 3, 1));

  @Test
  @DisplayName("all tokens where there is no mask, or one that hides none")
  void all() {
    HostTensor mask = HostTensor.of(new boolean[] {true, true, true}, 1, 3);
    for (Named<HostTensor> batch : List.of(BATCH, BATCH.with("mask", mask))) {
      Named<HostTensor> kept = RealTokens.of(batch);
      assertThat(kept.names()).containsExactly("states", "settled.log_sum_exp");
      assertThat(kept.get("states").shape()).isEqualTo(Shape.of(3, 2));
      assertThat(kept.get("states").floats()).containsExactly(1, 2, 3, 4, 5, 6);
    }
  }

  @Test
  @DisplayName("no tokens behind an end that its encoder found")
  void tillTheEnd() {
    HostTensor mask = HostTensor.of(new boolean[] {true, true, false}, 1, 3);
    Named<HostTensor> kept = RealTokens.of(BATCH.with("mask", mask));
    assertThat(kept.get("states").shape()).isEqualTo(Shape.of(2, 2));
    assertThat(kept.get("states").floats()).containsExactly(1, 2, 3, 4);
    assertThat(kept.get("settled.log_sum_exp").floats()).containsExactly(7, 8);
  }
}
