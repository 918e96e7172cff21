package org.pmf4j.tf;

import org.pmf4j.api.lifetime.Lifetime;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Shape;
import org.tensorflow.types.family.TType;

/**
 * Elements in TensorFlow's memory, which never change. TensorFlow does not notice the use of freed
 * memory, so a run holds on to what it reads: memory that is closed meanwhile is freed after it.
 */
final class TfData implements TfValue.Held {
  private final TType memory;
  private final Shape shape;
  private final DType dtype;
  private final Lifetime lifetime;

  /** Takes over {@code memory}. */
  TfData(TType memory, Shape shape, DType dtype) {
    this.memory = memory;
    this.shape = shape;
    this.dtype = dtype;
    this.lifetime = new Lifetime(() -> "a tensor " + dtype + " " + shape, memory::close);
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public DType dtype() {
    return dtype;
  }

  /** The memory, to be read between {@link #enter} and {@link #leave} alone. */
  TType memory() {
    return memory;
  }

  @Override
  public TfData enter() {
    lifetime.enter();
    return this;
  }

  /** Ends a use. */
  void leave() {
    lifetime.leave();
  }

  @Override
  public void close() {
    lifetime.close();
  }
}
