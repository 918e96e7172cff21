package org.pmf4j.api.fusion;

import org.pmf4j.api.backend.Parameter;

/**
 * A service of the host: makes trainable parameters, from a seed or from saved values. The host
 * owns and closes them. For the one thread that builds the model.
 */
public interface Parameters {
  /**
   * A parameter.
   *
   * @param name as it is saved
   * @param start how a new one begins
   * @param dims its shape
   */
  Parameter make(String name, Start start, long... dims);

  /** How a new parameter begins. */
  sealed interface Start {
    /** The same number everywhere. */
    record Constant(double value) implements Start {}

    /** Normal around 0 with the given standard deviation. */
    record Normal(double deviation) implements Start {}

    /** Uniform between −bound and bound. */
    record Uniform(double bound) implements Start {}
  }
}
