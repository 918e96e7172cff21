package org.pmf4j.testkit.plain;

import java.util.Arrays;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Shape;

/**
 * Floating-point numbers. All are computed in double; the elements of a FLOAT32 array are those
 * doubles rounded to float once, at the end of the operation that made them.
 */
record Reals(Shape shape, DType dtype, double[] values) implements PlainArray {
  /** Refuses what this backend does not declare, in whatever way a program came to it. */
  Reals {
    if (dtype != DType.FLOAT32 && dtype != DType.FLOAT64) {
      throw new IllegalArgumentException(dtype + " is not among the types of this backend");
    }
  }

  /** An operation's result; takes the array over and rounds it to the type. */
  static Reals rounded(Shape shape, DType dtype, double[] values) {
    Reals result = new Reals(shape, dtype, values);
    if (dtype == DType.FLOAT32) {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) values[i];
      }
    }
    return result;
  }

  @Override
  public Reals reshaped(Shape to) {
    return new Reals(to, dtype, values);
  }

  @Override
  public Reals picked(Shape to, int[] positions) {
    double[] picked = new double[positions.length];
    for (int i = 0; i < picked.length; i++) {
      picked[i] = values[positions[i]];
    }
    return new Reals(to, dtype, picked);
  }

  @Override
  public Reals followedBy(PlainArray other) {
    double[] more = ((Reals) other).values;
    double[] joined = Arrays.copyOf(values, values.length + more.length);
    System.arraycopy(more, 0, joined, values.length, more.length);
    return new Reals(Shape.of(joined.length), dtype, joined);
  }
}
