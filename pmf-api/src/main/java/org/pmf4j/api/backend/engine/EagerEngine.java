package org.pmf4j.api.backend.engine;

import java.util.function.Function;

/**
 * An engine whose kernels compute at once: a program runs as its body is written, at each run.
 * Several threads may use it at once.
 *
 * @param <V> its own value
 * @since API version 2
 */
public non-sealed interface EagerEngine<V> extends Engine<V> {

  /**
   * Runs a training program on the current thread: what {@code body} computes can be
   * differentiated, until the tape has taken gradients or {@code body} has ended.
   *
   * @param body to be called once, with the tape of this run
   * @return what {@code body} returns
   */
  <T> T training(Function<EngineTape<V>, T> body);

  /**
   * An output of a program as a value for the caller, released apart from the one given: it
   * outlives the program and its inputs, also where it is a view of them, keeps what it has when a
   * parameter is assigned, and holds on to nothing that gradients need.
   */
  V output(V value);
}
