package org.pmf4j.api.backend.engine;

import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;

/**
 * An engine's variable under a name.
 *
 * @param name it was made with
 * @param value through which programs read it
 */
record EngineParameter(String name, Tensor value) implements Parameter {
  @Override
  public Shape shape() {
    return value.shape();
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
