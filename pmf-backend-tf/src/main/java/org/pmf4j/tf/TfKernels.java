package org.pmf4j.tf;

import org.pmf4j.api.tensor.Kernels;

/** The sum of the operation families. */
final class TfKernels implements TfNeural, Kernels<TfValue> {
  /** Nodes of a graph are freed with it. */
  @Override
  public void release(TfValue value) {
    if (value instanceof TfValue.Held held) {
      held.close();
    }
  }
}
