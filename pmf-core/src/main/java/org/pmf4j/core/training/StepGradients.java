package org.pmf4j.core.training;

import java.util.List;

/**
 * Where the gradients of a run's steps are computed: by the thread that trains, or by others, whose
 * sums it takes over. Called by the thread that trains.
 */
public interface StepGradients {
  /**
   * Begins an epoch.
   *
   * @param epoch from 0
   * @param batches all of the epoch: the rows of each
   * @param first the batch that is asked for first
   * @return what the caller closes when the epoch ends, or is left
   */
  Pass begin(int epoch, List<List<Integer>> batches, int first);

  /** Goes through the batches of an epoch, in order. */
  interface Pass extends AutoCloseable {
    /**
     * Sums the gradients of the next batches of one step.
     *
     * @param end the batch after the last of them
     * @param sums empty; then holds what the step follows, each batch weighted by its rows
     * @return the mean loss of each batch
     */
    List<Double> next(int end, Gradients sums);

    @Override
    void close();
  }
}
