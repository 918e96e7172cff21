package org.pmf4j.testkit.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pmf4j.testkit.NdArray;

/** The oracles themselves, on numbers worked out by hand or taken from tables. */
class OracleTest {
  private static final NdArray A = NdArray.of(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);

  @Test
  void matmul() {
    assertThat(Oracle.matmul(A, Oracle.permute(A, 1, 0)).values()).containsExactly(14, 32, 32, 77);
  }

  @Test
  void reductions() {
    assertThat(Oracle.sum(A, 0).values()).containsExactly(5, 7, 9);
    assertThat(Oracle.mean(A, 0, 1).values()).containsExactly(3.5);
  }

  @Test
  void slicesAndConcatenations() {
    NdArray middle = Oracle.slice(A, 1, 1, 2);
    assertThat(middle.values()).containsExactly(2, 5);
    assertThat(Oracle.concat(1, middle, A).values()).containsExactly(2, 1, 2, 3, 5, 4, 5, 6);
  }

  @Test
  void softmaxOfLogarithmsIsTheirShare() {
    NdArray x = NdArray.of(new double[] {Math.log(1), Math.log(3)}, 2);
    assertThat(Oracle.softmax(x, 0).values())
        .containsExactly(new double[] {0.25, 0.75}, within(1e-15));
  }

  @Test
  void attentionWithOneVisibleKeyIsItsValue() {
    NdArray q = NdArray.normal(1, 1, 1, 2, 3);
    NdArray v = NdArray.of(new double[] {1, 2, 3, 4}, 1, 1, 2, 2);
    NdArray k = NdArray.normal(2, 1, 1, 2, 3);
    boolean[][] second = {{false, true}};
    assertThat(Oracle.attention(q, k, v, second, 1).values()).containsExactly(3, 4, 3, 4);
  }

  @Test
  void erfAgreesWithItsTable() {
    assertThat(Oracle.erf(0)).isZero();
    assertThat(Oracle.erf(0.5)).isCloseTo(0.5204998778130465, within(1e-15));
    assertThat(Oracle.erf(-2)).isCloseTo(-0.9953222650189527, within(1e-15));
    assertThat(Oracle.erf(4)).isCloseTo(0.9999999845827421, within(1e-15));
  }

  @Test
  void finiteDifferencesOfACubeAreThreeSquares() {
    NdArray x = NdArray.of(new double[] {1, -2}, 2);
    NdArray weights = NdArray.of(new double[] {1, 10}, 2);
    NdArray slope =
        FiniteDifferences.gradient(in -> in.get(0).map(v -> v * v * v), List.of(x), 0, weights);
    assertThat(slope.values()).containsExactly(new double[] {3, 120}, within(1e-7));
  }
}
