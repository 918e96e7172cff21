package org.pmf4j.testkit.plain;

import java.util.Arrays;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Shape;

/**
 * Floating-point numbers. All are computed in double; the elements of a FLOAT32 array are those
 * doubles rounded to float once, at the end of the operation that made them.
 */
record DoubleArray(Shape shape, DType dtype, double[] values) implements PlainArray {
  /** Refuses what this backend does not declare, in whatever way a program came to it. */
  DoubleArray {
    if (dtype != DType.FLOAT32 && dtype != DType.FLOAT64) {
      throw new IllegalArgumentException(dtype + " is not among the types of this backend");
    }
  }

  /** An operation's result; takes the array over and rounds it to the type. */
  static DoubleArray rounded(Shape shape, DType dtype, double[] values) {
    DoubleArray result = new DoubleArray(shape, dtype, values);
    if (dtype == DType.FLOAT32) {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) values[i];
      }
    }
    return result;
  }

  @Override
  public DoubleArray reshaped(Shape to) {
    return new DoubleArray(to, dtype, values);
  }

  @Override
  public DoubleArray picked(Shape to, int[] positions) {
    double[] picked = new double[positions.length];
    for (int i = 0; i < picked.length; i++) {
      picked[i] = values[positions[i]];
    }
    return new DoubleArray(to, dtype, picked);
  }

  @Override
  public DoubleArray followedBy(PlainArray other) {
    double[] more = ((DoubleArray) other).values;
    double[] joined = Arrays.copyOf(values, values.length + more.length);
    System.arraycopy(more, 0, joined, values.length, more.length);
    return new DoubleArray(Shape.of(joined.length), dtype, joined);
  }
}
