package org.pmf4j.testkit.plain;

import java.util.Arrays;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Shape;

/** A mask. */
record Truths(Shape shape, boolean[] values) implements PlainArray {
  @Override
  public DType dtype() {
    return DType.BOOL;
  }

  @Override
  public Truths reshaped(Shape to) {
    return new Truths(to, values);
  }

  @Override
  public Truths picked(Shape to, int[] positions) {
    boolean[] picked = new boolean[positions.length];
    for (int i = 0; i < picked.length; i++) {
      picked[i] = values[positions[i]];
    }
    return new Truths(to, picked);
  }

  @Override
  public Truths followedBy(PlainArray other) {
    boolean[] more = ((Truths) other).values;
    boolean[] joined = Arrays.copyOf(values, values.length + more.length);
    System.arraycopy(more, 0, joined, values.length, more.length);
    return new Truths(Shape.of(joined.length), joined);
  }
}
