package org.pmf4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import org.pmf4j.api.tensor.DType;

/**
 * How far a result may be from its oracle, relative to the element and to the largest element of
 * the array: rounding errors of sums are relative to their terms, not to what is left of them. Each
 * number is between 4 and 50 times the error that correct code was measured to make; a test of this
 * module measures it again.
 */
public enum Tolerance {
  /** One operation: a few roundings of the element type. */
  STRICT(1e-6, 2e-15, 8e-3),

  /** Sums of tens of products, or several operations in a row. */
  BALANCED(1e-5, 5e-14, 2e-2),

  /** Gradients against finite differences, whose own error in double is up to 1e-9. */
  PERMISSIVE(1e-5, 1e-8, 5e-2);

  private final double float32;
  private final double float64;
  private final double bfloat16;

  Tolerance(double float32, double float64, double bfloat16) {
    this.float32 = float32;
    this.float64 = float64;
    this.bfloat16 = bfloat16;
  }

  /**
   * The tolerance for results that were computed in a type.
   *
   * @throws IllegalArgumentException unless it is a floating type
   */
  public double of(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> float32;
      case FLOAT64 -> float64;
      case BFLOAT16 -> bfloat16;
      case INT64, BOOL, INT8 -> throw new IllegalArgumentException(dtype + " is exact");
    };
  }

  /**
   * The error that tolerances are compared with: the largest difference of two elements, relative
   * to the expected element and to the largest expected one.
   *
   * @return 0 where all elements agree; not a number, or infinite, where one of them is
   */
  public static double error(NdArray actual, NdArray expected) {
    double floor = floor(expected);
    double largest = 0;
    for (int i = 0; i < expected.values().length; i++) {
      double e = expected.values()[i];
      double a = actual.values()[i];
      largest = a == e ? largest : Math.max(largest, Math.abs(a - e) / (Math.abs(e) + floor));
    }
    return largest;
  }

  private static double floor(NdArray expected) {
    double largest = Arrays.stream(expected.values()).map(Math::abs).max().orElse(0);
    return largest == 0 ? 1 : largest;
  }

  /**
   * Fails unless shape and elements agree.
   *
   * @param what what is compared, with the seed of anything random: the beginning of the message
   * @param computedIn the type that {@code actual} was computed in
   */
  public void assertClose(String what, NdArray actual, NdArray expected, DType computedIn) {
    assertThat(actual.shape()).as("shape of %s", what).isEqualTo(expected.shape());
    double floor = floor(expected);
    for (int i = 0; i < expected.values().length; i++) {
      double e = expected.values()[i];
      double a = actual.values()[i];
      double allowed = of(computedIn) * (Math.abs(e) + floor);
      assertThat(Math.abs(a - e) <= allowed || a == e)
          .as(
              String.format(
                  Locale.ROOT,
                  "%s, %s tolerance: element %d is %s, expected %s ± %s",
                  what.replace("%", "%%"),
                  this,
                  i,
                  a,
                  e,
                  allowed))
          .isTrue();
    }
  }
}
