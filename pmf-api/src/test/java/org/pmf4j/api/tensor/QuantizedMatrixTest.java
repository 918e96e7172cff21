package org.pmf4j.api.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A matrix in 8-bit integers")
class QuantizedMatrixTest {
  private static final long SEED = 11;

  @Test
  void rowsAreRoundedByTheirLargestElementAndLieTurned() {
    QuantizedMatrix q =
        QuantizedMatrix.of(HostTensor.of(new float[] {64, -32, 0.5f, -2, 1, 0}, 2, 3));
    byte[] values = new byte[6];
    q.values().data().get(values);
    assertThat(q.values().shape()).isEqualTo(Shape.of(3, 2));
    assertThat(values).containsExactly(64, -64, -32, 32, 0, 0);
    assertThat(q.scales().floats()).containsExactly(1, 2f / 64);
  }

  @Test
  void noWeightIsFurtherOffThanHalfAStepOfItsRow() {
    SplittableRandom random = new SplittableRandom(SEED);
    int out = 130;
    int in = 33;
    float[] weights = new float[out * in];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (random.nextDouble() - 0.5) * (1 + i / in);
    }
    QuantizedMatrix q = QuantizedMatrix.of(HostTensor.of(weights, out, in));
    float[] found = q.floats().floats();
    float[] scales = q.scales().floats();
    for (int i = 0; i < weights.length; i++) {
      assertThat(Math.abs(found[i] - weights[i]))
          .as("seed %d, element %d", SEED, i)
          .isLessThanOrEqualTo(scales[i / in] * 0.501f);
    }
  }

  @Test
  void twoProductsWithAnyInputFitInto16Bits() {
    assertThat(2 * 255 * QuantizedMatrix.LARGEST).isLessThanOrEqualTo(Short.MAX_VALUE);
  }

  @Test
  void ofZerosAloneItStandsForZeros() {
    QuantizedMatrix q = QuantizedMatrix.of(HostTensor.of(new float[4], 2, 2));
    assertThat(q.floats().floats()).containsOnly(0);
  }

  @Test
  void partsThatDoNotBelongTogetherAreRefused() {
    HostTensor values =
        new HostTensor(Shape.of(1, 2), DType.INT8, HostTensor.direct(2, DType.INT8));
    assertThatThrownBy(() -> new QuantizedMatrix(values, HostTensor.of(new float[3], 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no quantized matrix");
  }
}
