package org.pmf4j.api.backend;

import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;

/** A compiled function from tensors to tensors. Several threads may run it at once. */
public interface Program extends AutoCloseable {
  /**
   * Runs the function. The inputs stay open and may be used again. The outputs outlive them, and
   * keep their values when a parameter that they were read from is assigned later. What the
   * function throws comes through as it is, with nothing left behind.
   *
   * @return the outputs; the caller closes each of them
   * @throws IllegalStateException after {@link #close()}, or inside another program
   */
  Named<Tensor> run(Named<Tensor> inputs);

  /** Frees what was compiled; a second call does nothing. */
  @Override
  void close();
}
