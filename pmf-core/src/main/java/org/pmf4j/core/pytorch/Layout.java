package org.pmf4j.core.pytorch;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where a tensor's elements lie in its storage: element (i, j, …) at offset + i·stride₀ + j·stride₁
 * + …, counted in elements.
 *
 * @param offset of the first element
 * @param size of each dimension
 * @param stride of each dimension, not negative
 */
record Layout(long offset, long[] size, long[] stride) {

  private boolean isEmpty() {
    return Arrays.stream(size).anyMatch(n -> n == 0);
  }

  /**
   * Elements from the first to the last, with what lies between them.
   *
   * @throws ArithmeticException if they are more than any storage has
   */
  long extent() {
    if (isEmpty()) {
      return 0;
    }
    long last = 0;
    for (int d = 0; d < size.length; d++) {
      last = Math.addExact(last, Math.multiplyExact(size[d] - 1, stride[d]));
    }
    return Math.addExact(last, 1);
  }

  /** True if the elements lie one after another in the order of their places. */
  boolean isRowMajor() {
    long expected = 1;
    for (int d = size.length - 1; d >= 0; d--) {
      if (size[d] != 1 && stride[d] != expected) {
        return false;
      }
      expected *= size[d];
    }
    return true;
  }

  /** The dimensions of more than one element, the largest stride first. */
  List<Integer> fromFarToNear() {
    return IntStream.range(0, size.length)
        .boxed()
        .filter(d -> size[d] != 1)
        .sorted(Comparator.comparingLong((Integer d) -> stride[d]).reversed())
        .toList();
  }

  /** True if some elements share their place with others that come before and after. */
  boolean isOverlapping() {
    long within = 0;
    List<Integer> order = fromFarToNear();
    for (int i = order.size() - 1; i >= 0; i--) {
      int d = order.get(i);
      if (stride[d] != 0 && stride[d] <= within) {
        return true;
      }
      within += (size[d] - 1) * stride[d];
    }
    return false;
  }
}
