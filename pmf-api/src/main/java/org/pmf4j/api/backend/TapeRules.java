package org.pmf4j.api.backend;

import org.pmf4j.api.tensor.Tensor;

/**
 * What every tape demands, in the same words: gradients once and before any assignment, of one
 * number; values that fit their parameter; nothing after the program. For the tapes of those who
 * implement {@link Backend} themselves; an {@link org.pmf4j.api.backend.engine.EngineTape} is
 * called after them. For the thread that runs its program.
 */
public final class TapeRules {
  private boolean ended;
  private boolean taken;
  private boolean assigned;

  /** The rules of one run or trace of a program. */
  public TapeRules() {}

  /**
   * Gradients are about to be taken.
   *
   * @throws IllegalStateException after gradients, an assignment or the end of the program
   * @throws IllegalArgumentException unless {@code loss} is one floating-point number
   */
  public void gradients(Tensor loss) {
    requireRunning("gradients");
    if (taken) {
      throw new IllegalStateException(
          "gradients: they were taken before; a program takes them once");
    }
    if (assigned) {
      throw new IllegalStateException(
          "gradients: a parameter was assigned before; take the gradients first");
    }
    boolean isOne = !loss.shape().isKnown() || loss.shape().size() == 1;
    if (!isOne || !loss.dtype().isFloating()) {
      throw new IllegalArgumentException("gradients: the loss must be one number, got " + loss);
    }
    taken = true;
  }

  /**
   * A parameter is about to be assigned.
   *
   * @throws IllegalStateException after the end of the program
   * @throws IllegalArgumentException if shape or type differ
   */
  public void assign(Parameter parameter, Tensor value) {
    requireRunning("assign");
    Tensor current = parameter.value();
    if (!current.shape().matches(value.shape()) || current.dtype() != value.dtype()) {
      throw new IllegalArgumentException(
          "assign: " + value + " does not fit parameter '" + parameter.name() + "' " + current);
    }
    assigned = true;
  }

  /** The program has ended. */
  public void end() {
    ended = true;
  }

  private void requireRunning(String operation) {
    if (ended) {
      throw new IllegalStateException(operation + ": the program has ended");
    }
  }
}
