package org.pmf4j.testkit.plain;

import org.pmf4j.api.tensor.Kernels;

/**
 * The plain kernels, but for sums: each is made term by term, and rounded to the element type after
 * every product and every addition. That is how the simplest correct code works which has nothing
 * wider than the element type, and its rounding errors are what a tolerance must allow. Gradients
 * follow from the operations that the sums are composed of.
 */
final class SequentialKernels implements PlainNeural, Kernels<PlainValue> {
  @Override
  public PlainValue sum(PlainValue a, int[] axes) {
    PlainValue result = a;
    for (int axis : axes) {
      result = sumAlong(result, axis);
    }
    return result;
  }

  private PlainValue sumAlong(PlainValue a, int axis) {
    PlainValue sum = slice(a, axis, 0, 1);
    for (long i = 1; i < a.array().shape().dim(axis); i++) {
      sum = add(sum, slice(a, axis, i, i + 1));
    }
    return sum;
  }

  @Override
  public PlainValue matmul(PlainValue a, PlainValue b) {
    int inner = a.array().shape().rank() - 1;
    int innerOfB = b.array().shape().rank() - 2;
    PlainValue sum = null;
    for (long k = 0; k < a.array().shape().dim(inner); k++) {
      PlainValue product = mul(slice(a, inner, k, k + 1), slice(b, innerOfB, k, k + 1));
      sum = sum == null ? product : add(sum, product);
    }
    return sum;
  }

  @Override
  public void release(PlainValue value) {}
}
