package org.pmf4j.api.backend.engine;

import org.pmf4j.api.tensor.Named;

/**
 * An engine that makes a graph of a program: it calls the body with symbols, each kernel adds a
 * node and returns it, and a run feeds the inputs and fetches the outputs. Several threads may use
 * it at once.
 *
 * @param <V> its own value: elements, the variable of a parameter, or a symbol
 * @since API version 2
 */
public non-sealed interface GraphEngine<V> extends Engine<V> {

  /**
   * A program over a body, which may be traced now, or at the first run, and as often as wanted.
   */
  Graphs<V> program(Body<V> body);

  /**
   * The graphs of one program. Several threads may run it at once.
   *
   * @param <V> the engine's value
   * @since API version 2
   */
  interface Graphs<V> {
    /**
     * Runs the graph for inputs of these names, shapes and types.
     *
     * @return the outputs, in the body's order, each a value of its own that the caller releases
     */
    Named<TypedValue<V>> run(Named<TypedValue<V>> inputs);

    /** Frees them. Called once, when no run is under way and none will come. */
    void close();
  }

  /**
   * A program's body over values of an engine. Has no state: several threads may trace it at once.
   *
   * @param <V> the engine's value
   * @since API version 2
   */
  interface Body<V> {
    /**
     * Calls the body on the current thread. What it makes on the way is released when it ends, so
     * that there is nothing to do for a symbol that is released.
     *
     * @param symbols the inputs, whose shapes may have unknown dimensions
     * @param tape for gradients and assignments
     * @return the outputs: symbols, or values from outside
     */
    Named<TypedValue<V>> trace(Named<TypedValue<V>> symbols, EngineTape<V> tape);
  }
}
