package org.pmf4j.djl;

import ai.djl.pytorch.engine.PtNDArray;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;

/** A leaf array of PyTorch's autograd. Assigning writes into its memory; the array stays. */
final class DjlParameter implements Parameter {
  private final PtKernels kernels;
  private final String name;
  private final Tensor value;

  DjlParameter(PtKernels kernels, String name, PtNDArray array, Shape shape, DType dtype) {
    this.kernels = kernels;
    this.name = name;
    array.setRequiresGradient(true);
    value = Tensor.of(kernels, new PtValue(array, PtValue.Memory.PARAMETER), shape, dtype);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Shape shape() {
    return value.shape();
  }

  @Override
  public Tensor value() {
    return value;
  }

  /** The array; refuses a closed parameter. */
  PtNDArray array() {
    return value.value(kernels).array();
  }

  @Override
  public void close() {
    value.close();
  }

  @Override
  public String toString() {
    return "parameter '" + name + "' " + value;
  }
}
