package org.pmf4j.testkit.plain;

import java.util.Arrays;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Shape;

/** A mask. */
record BooleanArray(Shape shape, boolean[] values) implements PlainArray {
  @Override
  public DType dtype() {
    return DType.BOOL;
  }

  @Override
  public BooleanArray reshaped(Shape to) {
    return new BooleanArray(to, values);
  }

  @Override
  public BooleanArray picked(Shape to, int[] positions) {
    boolean[] picked = new boolean[positions.length];
    for (int i = 0; i < picked.length; i++) {
      picked[i] = values[positions[i]];
    }
    return new BooleanArray(to, picked);
  }

  @Override
  public BooleanArray followedBy(PlainArray other) {
    boolean[] more = ((BooleanArray) other).values;
    boolean[] joined = Arrays.copyOf(values, values.length + more.length);
    System.arraycopy(more, 0, joined, values.length, more.length);
    return new BooleanArray(Shape.of(joined.length), joined);
  }
}
