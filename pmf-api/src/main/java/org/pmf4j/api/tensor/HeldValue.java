package org.pmf4j.api.tensor;

import org.pmf4j.api.lifetime.Lifetime;

/**
 * A tensor's value on its backend, and when it is freed: when it has been closed and no run uses it
 * any more. What a run has made is freed by that run's thread alone, which does not count its uses.
 */
final class HeldValue {
  private final Kernels<Object> kernels;
  private final Object value;
  private final String what;
  private final Lifetime lifetime;
  private volatile TensorScope.Run maker;
  private volatile boolean disowned;

  HeldValue(Kernels<Object> kernels, Object value, String what) {
    this.kernels = kernels;
    this.value = value;
    this.what = what;
    this.lifetime = new Lifetime("a tensor", () -> kernels.release(value));
  }

  /**
   * The value, for who has seen to it that it is not freed meanwhile.
   *
   * @throws IllegalStateException if it is closed
   */
  Object open() {
    if (isClosed()) {
      throw new IllegalStateException(
          "use after close of a tensor " + what + kernels.history(value));
    }
    return value;
  }

  /**
   * The value as an operand of the current run, until whose end it stays.
   *
   * @throws IllegalStateException if it is closed, or outside a program
   */
  Object operand() {
    open();
    TensorScope.hold(this);
    return value;
  }

  Lifetime lifetime() {
    return lifetime;
  }

  /** The run that made this and will close it; null if its receiver does. */
  TensorScope.Run maker() {
    return maker;
  }

  void maker(TensorScope.Run run) {
    maker = run;
  }

  boolean isClosed() {
    return disowned || lifetime.isClosed();
  }

  /** Frees the value, or leaves that to the run that made it or to the last that uses it. */
  void close() {
    TensorScope.Run run = maker;
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
