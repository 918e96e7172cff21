package org.pmf4j.testkit.plain;

import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Shape;

/** Elements of one type in row-major order, immutable, with what moving them about takes. */
sealed interface PlainArray extends PlainValue permits DoubleArray, LongArray, BooleanArray {
  /** Its dimensions, all known: this backend runs at once and never traces. */
  Shape shape();

  /** The type of its elements. */
  DType dtype();

  /** The same elements in another shape. */
  PlainArray reshaped(Shape to);

  /** For each position of the result the element at that position of this array. */
  PlainArray picked(Shape to, int[] positions);

  /** The elements of this array and then those of another one of its type, as a vector. */
  PlainArray followedBy(PlainArray other);

  /** Number of elements. */
  default int size() {
    return Math.toIntExact(shape().size());
  }

  @Override
  default PlainArray array() {
    return this;
  }
}
