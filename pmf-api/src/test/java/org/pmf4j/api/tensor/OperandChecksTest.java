package org.pmf4j.api.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Shapes of results while a graph backend traces, when dimensions may be unknown. */
class OperandChecksTest {
  private static final long ANY = Shape.UNKNOWN;

  private TensorScope scope;

  @BeforeEach
  void openScope() {
    scope = TensorScope.open();
  }

  @AfterEach
  void closeScope() {
    scope.close();
  }

  @Test
  void anUnknownDimensionBroadcastsToTheKnownOne() {
    assertThat(OperandChecks.broadcast("add", Shape.of(ANY, 3), Shape.of(5, 1)))
        .isEqualTo(Shape.of(5, 3));
    assertThat(OperandChecks.broadcast("add", Shape.of(1, 3), Shape.of(ANY, 3)))
        .isEqualTo(Shape.of(ANY, 3));
    assertThat(OperandChecks.broadcast("add", Shape.of(ANY), Shape.of(ANY)))
        .isEqualTo(Shape.of(ANY));
    assertThat(OperandChecks.broadcast("add", Shape.of(), Shape.of(ANY, 2)))
        .isEqualTo(Shape.of(ANY, 2));
  }

  @Test
  void reshapeKeepsAndInfersUnknownDimensions() {
    assertThat(
            OperandChecks.reshape(
                Shape.of(ANY, ANY, 8), new long[] {Tensor.KEEP, Tensor.KEEP, 2, 4}))
        .isEqualTo(Shape.of(ANY, ANY, 2, 4));
    assertThat(OperandChecks.reshape(Shape.of(ANY, 8), new long[] {Tensor.INFER}))
        .isEqualTo(Shape.of(ANY));
  }

  @Test
  void reshapeInfersAKnownDimensionBesideUnknownOnesThatStay() {
    assertThat(
            OperandChecks.reshape(Shape.of(ANY, 6, 8), new long[] {Tensor.KEEP, Tensor.INFER, 4}))
        .isEqualTo(Shape.of(ANY, 12, 4));
    assertThat(
            OperandChecks.reshape(Shape.of(ANY, ANY, 8), new long[] {Tensor.KEEP, Tensor.INFER, 4}))
        .isEqualTo(Shape.of(ANY, ANY, 4));
    assertThatThrownBy(
            () -> OperandChecks.reshape(Shape.of(ANY, 6, 8), new long[] {Tensor.KEEP, 5}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not fit");
  }

  @Test
  void reshapeInfersAKnownDimension() {
    assertThat(OperandChecks.reshape(Shape.of(2, 3, 4), new long[] {Tensor.KEEP, Tensor.INFER}))
        .isEqualTo(Shape.of(2, 12));
    assertThat(OperandChecks.reshape(Shape.of(), new long[] {1, 1})).isEqualTo(Shape.of(1, 1));
  }

  @Test
  void reshapeRefusesNegativeDimensionsOfUnknownShapesToo() {
    assertThatThrownBy(() -> OperandChecks.reshape(Shape.of(ANY), new long[] {-3}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("negative");
    assertThatThrownBy(() -> OperandChecks.reshape(Shape.of(ANY), new long[] {-1, -1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("infer");
  }

  @Test
  void slicesOfAnUnknownDimension() {
    assertThat(OperandChecks.slice(Shape.of(ANY, 2), 0, 1, 4)).isEqualTo(Shape.of(3, 2));
    assertThat(OperandChecks.slice(Shape.of(ANY, 2), 0, 1, -1)).isEqualTo(Shape.of(ANY, 2));
    assertThatThrownBy(() -> OperandChecks.slice(Shape.of(ANY), 0, 4, 4))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> OperandChecks.slice(Shape.of(ANY), 0, 0, -2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("slice: 0 to -2");
  }

  @Test
  void permutationsCarryUnknownDimensionsAlong() {
    assertThat(OperandChecks.permute(Shape.of(ANY, 2, 3), new int[] {2, 0, -2}))
        .isEqualTo(Shape.of(3, ANY, 2));
  }

  @Test
  void axesAreSortedAndAllWhereNoneIsGiven() {
    assertThat(OperandChecks.axesOrAll(Shape.of(2, 3, 4), new int[] {-1, 0})).containsExactly(0, 2);
    assertThat(OperandChecks.axesOrAll(Shape.of(2, 3), new int[0])).containsExactly(0, 1);
    assertThat(OperandChecks.reduce(Shape.of(ANY, 3), new int[] {0})).isEqualTo(Shape.of(1, 3));
  }

  @Test
  void outsideAProgramShapesAreNotEvenLookedAt() {
    scope.close();
    assertThatThrownBy(() -> OperandChecks.reshape(Shape.of(2), new long[] {3}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("reshape: tensor operations run inside a program only");
  }
}
