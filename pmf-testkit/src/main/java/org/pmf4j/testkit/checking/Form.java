package org.pmf4j.testkit.checking;

import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;

/**
 * Type and shape.
 *
 * @param dtype type of the elements
 * @param shape dimensions, some of which a graph backend may not know while it traces
 */
record Form(DType dtype, Shape shape) {
  static Form of(Tensor tensor) {
    return new Form(tensor.dtype(), tensor.shape());
  }

  static Form of(HostTensor tensor) {
    return new Form(tensor.dtype(), tensor.shape());
  }

  /** True where both could be the same once all dimensions are known. */
  boolean matches(Form other) {
    return dtype == other.dtype && shape.matches(other.shape);
  }

  /** True if {@code other} has this type and shape, and all its dimensions are known. */
  boolean isMetBy(Form other) {
    return matches(other) && other.shape.isKnown();
  }

  @Override
  public String toString() {
    return dtype + " " + shape;
  }
}
