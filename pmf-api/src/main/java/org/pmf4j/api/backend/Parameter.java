package org.pmf4j.api.backend;

import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;

/**
 * A variable of a backend: trained, saved and assigned. Several threads may read it at once; one at
 * a time may assign it.
 */
public interface Parameter extends AutoCloseable {
  /** The name it was made with. */
  String name();

  /** Its dimensions. */
  Shape shape();

  /**
   * Its current value, for use in programs and for {@link Backend#read}. The tensor belongs to this
   * parameter, follows its assignments and must not be closed by others.
   */
  Tensor value();

  /** Frees it; a second call does nothing. */
  @Override
  void close();
}
