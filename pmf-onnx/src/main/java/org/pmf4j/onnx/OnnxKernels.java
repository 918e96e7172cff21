package org.pmf4j.onnx;

import java.util.Set;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Kernels;

/**
 * The operations of the tensor API as nodes of the {@link GraphTrace} that the thread has entered.
 * Has no state: several threads may use one at once, each for a trace of its own.
 */
public final class OnnxKernels implements OnnxNeural, Kernels<OnnxValue> {
  private final Set<DType> types;

  /**
   * Kernels, which tell tensors of one backend from those of others.
   *
   * @param types that the backend declares
   */
  public OnnxKernels(Set<DType> types) {
    this.types = Set.copyOf(types);
  }

  @Override
  public OnnxValue cast(OnnxValue a, DType to) {
    requireDeclared(to);
    return OnnxNeural.super.cast(a, to);
  }

  @Override
  public OnnxValue filled(OnnxValue like, double number, DType type) {
    requireDeclared(type == null ? like.dtype() : type);
    return OnnxNeural.super.filled(like, number, type);
  }

  private void requireDeclared(DType type) {
    if (!types.contains(type)) {
      throw new IllegalArgumentException(type + " is not among the types of this backend");
    }
  }

  /** Nodes of a graph are left to it. */
  @Override
  public void release(OnnxValue value) {
    if (value instanceof OnnxValue.Held held) {
      held.close();
    } else if (value instanceof OnnxValue.Quantized quantized) {
      quantized.close();
    }
  }
}
