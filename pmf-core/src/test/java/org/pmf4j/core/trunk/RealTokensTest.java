package org.pmf4j.core.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.core.batch.ModalityInput.TrunkOutput;

@DisplayName("Of one sample the cache keeps")
class RealTokensTest {
  private static TrunkOutput<HostTensor> batch(Optional<HostTensor> mask) {
    return new TrunkOutput<>(
        HostTensor.of(new float[] {1, 2, 3, 4, 5, 6}, 1, 3, 2),
        mask,
        Optional.empty(),
        Named.of("log_sum_exp", HostTensor.of(new float[] {7, 8, 9}, 1, 3, 1)));
  }

  @Test
  @DisplayName("all tokens where there is no mask, or one that hides none")
  void all() {
    HostTensor mask = HostTensor.of(new boolean[] {true, true, true}, 1, 3);
    for (Optional<HostTensor> none : List.of(Optional.<HostTensor>empty(), Optional.of(mask))) {
      TrunkOutput<HostTensor> kept = RealTokens.of(batch(none));
      assertThat(kept.mask()).isEmpty();
      assertThat(kept.states().shape()).isEqualTo(Shape.of(3, 2));
      assertThat(kept.states().floats()).containsExactly(1, 2, 3, 4, 5, 6);
      assertThat(kept.settled().get("log_sum_exp").floats()).containsExactly(7, 8, 9);
    }
  }

  @Test
  @DisplayName("no tokens behind an end that its encoder found")
  void tillTheEnd() {
    HostTensor mask = HostTensor.of(new boolean[] {true, true, false}, 1, 3);
    TrunkOutput<HostTensor> kept = RealTokens.of(batch(Optional.of(mask)));
    assertThat(kept.states().shape()).isEqualTo(Shape.of(2, 2));
    assertThat(kept.states().floats()).containsExactly(1, 2, 3, 4);
    assertThat(kept.settled().get("log_sum_exp").floats()).containsExactly(7, 8);
  }
}
