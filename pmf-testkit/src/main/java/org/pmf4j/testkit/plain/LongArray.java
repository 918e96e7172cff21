package org.pmf4j.testkit.plain;

import java.util.Arrays;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Shape;

/** Indices and token ids. */
record LongArray(Shape shape, long[] values) implements PlainArray {
  @Override
  public DType dtype() {
    return DType.INT64;
  }

  @Override
  public LongArray reshaped(Shape to) {
    return new LongArray(to, values);
  }

  @Override
  public LongArray picked(Shape to, int[] positions) {
    long[] picked = new long[positions.length];
    for (int i = 0; i < picked.length; i++) {
      picked[i] = values[positions[i]];
    }
    return new LongArray(to, picked);
  }

  @Override
  public LongArray followedBy(PlainArray other) {
    long[] more = ((LongArray) other).values;
    long[] joined = Arrays.copyOf(values, values.length + more.length);
    System.arraycopy(more, 0, joined, values.length, more.length);
    return new LongArray(Shape.of(joined.length), joined);
  }
}
