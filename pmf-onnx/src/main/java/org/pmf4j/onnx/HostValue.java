package org.pmf4j.onnx;

import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Shape;

/** Elements in Java's memory, which is left to the garbage collector. */
final class HostValue implements OnnxValue.Held {
  private final HostTensor data;

  HostValue(HostTensor data) {
    this.data = data;
  }

  HostTensor data() {
    return data;
  }

  @Override
  public Shape shape() {
    return data.shape();
  }

  @Override
  public DType dtype() {
    return data.dtype();
  }

  @Override
  public void close() {}
}
