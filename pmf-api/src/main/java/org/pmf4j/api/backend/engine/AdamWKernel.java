package org.pmf4j.api.backend.engine;

import java.util.List;

/**
 * One kernel for a step of AdamW by several parameters, of which {@link
 * org.pmf4j.api.backend.AdamW} has the equations. For the thread that runs its program.
 *
 * @param <V> the engine's value
 * @since API version 2
 */
@FunctionalInterface
public interface AdamWKernel<V> {

  /**
   * Assigns value and moments of each slot.
   *
   * @param slots one or more, whose parameters are all different
   */
  void step(Step<V> step, List<Slot<V>> slots);

  /**
   * What all slots share. Immutable, so that any number of threads may share it.
   *
   * @param beta1 β₁
   * @param beta2 β₂
   * @param epsilon ε
   * @param decay weight decay, 0 for none
   * @param number t, from 1, of shape [1]; the corrections follow from it
   * @param rate learning rate, of shape [1]
   * @param scale what gradients are multiplied with, of shape [1]
   * @param <V> the engine's value
   * @since API version 2
   */
  record Step<V>(
      double beta1, double beta2, double epsilon, double decay, V number, V rate, V scale) {}

  /**
   * A parameter and what is kept of its gradients, all of one shape. Immutable, so that any number
   * of threads may share it.
   *
   * @param value w
   * @param first m
   * @param second v
   * @param gradient of this step
   * @param <V> the engine's value
   * @since API version 2
   */
  record Slot<V>(V value, V first, V second, V gradient) {}
}
