package org.pmf4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.pmf4j.api.tensor.DType;

class ToleranceTest {
  private static final NdArray EXPECTED = NdArray.of(new double[] {1, -100, 0}, 3);

  private static void compare(DType dtype, double... actual) {
    Tolerance.STRICT.assertClose("x, seed 5", NdArray.of(actual, actual.length), EXPECTED, dtype);
  }

  @Test
  void roundingErrorsPass() {
    assertThatCode(() -> compare(DType.FLOAT32, 1.00005, -100.0001, 0.00005))
        .doesNotThrowAnyException();
  }

  @Test
  void largerErrorsFailWithTheirPlaceAndSeed() {
    assertThatThrownBy(() -> compare(DType.FLOAT32, 1, -100.001, 0))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("seed 5")
        .hasMessageContaining("element 1 is -100.001, expected -100.0");
  }

  @Test
  void thePrecisionDecides() {
    assertThatThrownBy(() -> compare(DType.FLOAT64, 1.00005, -100, 0))
        .isInstanceOf(AssertionError.class);
    assertThatCode(() -> compare(DType.BFLOAT16, 1.5, -100.5, 0.5)).doesNotThrowAnyException();
  }

  @Test
  void notANumberFails() {
    assertThatThrownBy(() -> compare(DType.FLOAT32, Double.NaN, -100, 0))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void theErrorIsTheToleranceThatWouldJustPass() {
    NdArray actual = NdArray.of(new double[] {1.5, -100, 0}, 3);
    assertThat(Tolerance.error(actual, EXPECTED)).isEqualTo(0.5 / 101);
    assertThat(Tolerance.error(EXPECTED, EXPECTED)).isZero();
    assertThat(Tolerance.error(NdArray.of(new double[] {1, -100, Double.NaN}, 3), EXPECTED))
        .isNaN();
  }

  @Test
  void anotherShapeFails() {
    assertThatThrownBy(() -> compare(DType.FLOAT32, 1, -100))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("[2]");
  }

  @Test
  void thereIsNoToleranceForExactTypes() {
    assertThatThrownBy(() -> Tolerance.STRICT.of(DType.INT64))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
