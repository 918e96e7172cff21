package org.pmf4j.api.backend.engine;

import java.util.List;
import java.util.Optional;

/**
 * What an engine does in one run or trace of a training program. The order of calls, the number of
 * elements of a loss, shapes and types have been checked. For the thread that runs its program.
 *
 * @param <V> the engine's value
 * @since API version 2
 */
public interface EngineTape<V> {

  /**
   * Gradients of a scalar by parameters. Called once at most and before any assignment; what is
   * computed after it is not differentiated.
   *
   * @param parameters what {@link Engine#variable} made, perhaps none, or one of them twice
   * @return a value for each of them: results, which no other run adds to; zeros where the loss
   *     does not depend on the parameter
   */
  List<V> gradients(V loss, List<V> parameters);

  /**
   * Replaces a parameter's value. What is read of it later in the program is the new value, results
   * made before keep theirs.
   *
   * @param parameter what {@link Engine#variable} made
   * @param value of the same shape and type
   */
  void assign(V parameter, V value);

  /**
   * The engine's kernel for AdamW, if it has one; else the step is composed of other operations.
   */
  default Optional<AdamWKernel<V>> adamW() {
    return Optional.empty();
  }
}
