package org.pmf4j.api.tensor;

import java.util.function.Function;
import java.util.function.Supplier;
import org.pmf4j.api.lifetime.Lifetime;

/**
 * A tensor's value on its backend, and when it is freed: when it has been closed and no run uses it
 * any more. What a run has made is freed by that run's thread alone, which does not count its uses.
 */
final class HeldValue {
  private final Kernels<Object> kernels;
  private final Supplier<?> maker;
  private final Shape shape;
  private final DType dtype;
  private final Lifetime lifetime;
  private volatile Object value;
  private volatile TensorScope.Run madeIn;
  private volatile boolean disowned;

  HeldValue(Kernels<Object> kernels, Object value, Shape shape, DType dtype) {
    this(kernels, () -> value, shape, dtype);
    this.value = value;
  }

  /** A value that is made when a run first uses it, by that run's thread. */
  HeldValue(Kernels<Object> kernels, Supplier<?> maker, Shape shape, DType dtype) {
    this.kernels = kernels;
    this.maker = maker;
    this.shape = shape;
    this.dtype = dtype;
    this.lifetime = new Lifetime("a tensor", this::free);
  }

  private void free() {
    Object made = value;
    if (made != null) {
      kernels.release(made);
    }
  }

  private Object made() {
    Object made = value;
    return made == null ? make() : made;
  }

  private synchronized Object make() {
    if (value == null) {
      value = maker.get();
    }
    return value;
  }

  private void requireOpen() {
    if (isClosed()) {
      throw new IllegalStateException(
          "use after close of a tensor " + dtype + " " + shape + kernels.history(value));
    }
  }

  /**
   * Does something with the value, which stays until that has ended.
   *
   * @throws IllegalStateException if it is closed
   */
  <R> R use(Function<Object, R> body) {
    requireOpen();
    return lifetime.during(() -> body.apply(made()));
  }

  /**
   * The value as an operand of the current run, until whose end it stays.
   *
   * @throws IllegalStateException if it is closed, or outside a program
   */
  Object operand() {
    requireOpen();
    TensorScope.hold(this);
    return made();
  }

  Lifetime lifetime() {
    return lifetime;
  }

  /** The run that made this and will close it; null if its receiver does. */
  TensorScope.Run madeIn() {
    return madeIn;
  }

  void madeIn(TensorScope.Run run) {
    madeIn = run;
  }

  boolean isClosed() {
    return disowned || lifetime.isClosed();
  }

  /** Frees the value, or leaves that to the run that made it or to the last that uses it. */
  void close() {
    TensorScope.Run run = madeIn;
    if (run != null && run.isOfAnotherThread()) {
      disowned = true;
      return;
    }
    boolean inUse = lifetime.isInUse() && !lifetime.isClosed();
    lifetime.close();
    if (inUse) {
      kernels.closedInUse(value);
    }
  }
}
