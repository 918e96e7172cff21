package org.pmf4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Shape;

class NdArrayTest {
  @Test
  void elementsAreRowMajor() {
    NdArray a = NdArray.generate(Shape.of(2, 3), i -> 10 * i[0] + i[1]);
    assertThat(a.values()).containsExactly(0, 1, 2, 10, 11, 12);
    assertThat(a.at(1, 2)).isEqualTo(12);
  }

  @Test
  void sizeOneAndMissingDimensionsRepeat() {
    NdArray row = NdArray.of(new double[] {1, 2}, 1, 2);
    assertThat(row.at(7, 5, 1)).isEqualTo(2);
    assertThat(NdArray.of(new double[] {3}).at(4, 4)).isEqualTo(3);
  }

  @Test
  void numbersAreReproducibleBySeed() {
    assertThat(NdArray.normal(3, 4)).isEqualTo(NdArray.normal(3, 4));
    assertThat(NdArray.normal(3, 4)).isNotEqualTo(NdArray.normal(4, 4));
  }

  @Test
  void hostTensorsHoldTheSameNumbers() {
    NdArray a = NdArray.normal(1, 2, 3);
    assertThat(NdArray.of(a.toHost(DType.FLOAT64))).isEqualTo(a);
    assertThat(NdArray.of(a.toHost(DType.FLOAT32))).isEqualTo(a);
  }

  @Test
  void bfloat16RoundsToNearestWithTiesToEven() {
    NdArray a = NdArray.of(new double[] {1.00390625, 1.01171875, -257, 1}, 4);
    assertThat(NdArray.of(a.toHost(DType.BFLOAT16)).values()).containsExactly(1, 1.015625, -256, 1);
  }

  @Test
  void valuesThatDoNotFillTheShapeAreRefused() {
    assertThatThrownBy(() -> NdArray.of(new double[] {1}, 2))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
