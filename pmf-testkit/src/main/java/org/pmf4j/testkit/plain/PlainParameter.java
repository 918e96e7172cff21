package org.pmf4j.testkit.plain;

import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.tensor.Kernels;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;

/** A variable, and the tensor through which programs read it. */
final class PlainParameter implements Parameter {
  private final String name;
  private final Variable variable;
  private final Tensor value;

  PlainParameter(Kernels<PlainValue> kernels, String name, DoubleArray initial) {
    this.name = name;
    variable = new Variable(initial);
    value = Tensor.of(kernels, variable, initial.shape(), initial.dtype());
  }

  Variable variable() {
    return variable;
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

  @Override
  public void close() {
    value.close();
  }

  @Override
  public String toString() {
    return "parameter '" + name + "' " + value;
  }
}
