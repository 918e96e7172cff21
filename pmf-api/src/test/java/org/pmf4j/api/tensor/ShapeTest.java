package org.pmf4j.api.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShapeTest {
  @Test
  void axesCountFromTheFrontOrBackwardsFromTheEnd() {
    Shape s = Shape.of(2, 3, 5);
    assertThat(s.dim(0)).isEqualTo(2);
    assertThat(s.dim(-1)).isEqualTo(5);
    assertThat(s.axis(-3)).isZero();
  }

  @Test
  void anAxisThatIsNotThereIsRefusedWithTheShape() {
    assertThatThrownBy(() -> Shape.of(2, 3).dim(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is no axis 2 in [2, 3]");
    assertThatThrownBy(() -> Shape.of().dim(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is no axis -1 in []");
  }

  @Test
  void negativeDimensionsAreRefused() {
    assertThatThrownBy(() -> Shape.of(3, -2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-2");
    assertThatThrownBy(() -> Shape.of(3).with(0, -7)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theSizeOfAScalarIsOneAndOfAnEmptyShapeZero() {
    assertThat(Shape.of().size()).isEqualTo(1);
    assertThat(Shape.of(3, 0, 2).size()).isZero();
  }

  @Test
  void aSizeBeyondLongIsRefused() {
    assertThatThrownBy(() -> Shape.of(1L << 40, 1L << 40).size())
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void anUnknownDimensionHasNoSizeAndMatchesAny() {
    Shape s = Shape.of(Shape.UNKNOWN, 4);
    assertThat(s).hasToString("[?, 4]");
    assertThat(s.isKnown()).isFalse();
    assertThatThrownBy(s::size).isInstanceOf(IllegalStateException.class);
    assertThat(s.matches(Shape.of(9, 4))).isTrue();
    assertThat(s.matches(Shape.of(9, 5))).isFalse();
    assertThat(s.matches(Shape.of(4))).isFalse();
  }

  @Test
  void aShapeDoesNotChangeWithTheArraysAroundIt() {
    long[] dims = {1, 2};
    Shape s = Shape.of(dims);
    dims[0] = 9;
    s.dims()[1] = 9;
    assertThat(s).isEqualTo(Shape.of(1, 2)).hasSameHashCodeAs(Shape.of(1, 2));
    assertThat(s.with(-1, 7)).isEqualTo(Shape.of(1, 7));
    assertThat(s).isEqualTo(Shape.of(1, 2));
  }
}
