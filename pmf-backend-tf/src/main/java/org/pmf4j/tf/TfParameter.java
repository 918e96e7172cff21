package org.pmf4j.tf;

import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;

/** A named variable. */
final class TfParameter implements Parameter {
  private final TfKernels kernels;
  private final String name;
  private final Tensor value;

  TfParameter(TfKernels kernels, String name, TfData initial) {
    this.kernels = kernels;
    this.name = name;
    TfVariable variable = new TfVariable(name, initial);
    value = Tensor.of(kernels, variable, initial.shape(), initial.dtype());
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

  /** The variable; refuses a closed parameter. */
  TfVariable variable() {
    return (TfVariable) value.value(kernels);
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
