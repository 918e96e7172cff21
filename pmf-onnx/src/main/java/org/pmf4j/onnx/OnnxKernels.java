package org.pmf4j.onnx;

import org.pmf4j.api.tensor.Kernels;

/**
 * The operations of the tensor API as nodes of the {@link GraphTrace} that the thread has entered.
 * Has no state: several threads may use one at once, each for a trace of its own.
 */
public final class OnnxKernels implements OnnxNeural, Kernels<OnnxValue> {
  /** Kernels, which tell tensors of one backend from those of others. */
  public OnnxKernels() {}

  /** Nodes of a graph are left to it. */
  @Override
  public void release(OnnxValue value) {
    if (value instanceof OnnxValue.Held held) {
      held.close();
    }
  }
}
