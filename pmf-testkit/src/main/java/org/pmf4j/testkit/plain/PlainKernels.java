package org.pmf4j.testkit.plain;

import org.pmf4j.api.tensor.Kernels;

/** The sum of the operation families. */
final class PlainKernels implements PlainNeural, Kernels<PlainValue> {
  /** Arrays are on the heap: the garbage collector frees them. */
  @Override
  public void release(PlainValue value) {}
}
