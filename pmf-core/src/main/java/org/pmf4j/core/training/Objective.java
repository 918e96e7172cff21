package org.pmf4j.core.training;

import java.util.List;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.batch.Batch;

/**
 * What a {@link Trainer} trains: rows of data, batches of them, and a loss over parameters. Batches
 * are prepared by several threads at once; the rest is for the thread that trains.
 */
public interface Objective extends PartLoss {
  /** What is trained. */
  List<TrainedParameter> parameters();

  /** By what the run's learning rate is multiplied for one of the parameters, above 0. */
  default double rateFactor(TrainedParameter parameter) {
    return 1;
  }

  /** Number of training rows. */
  int rows();

  /** A row's length, for putting rows of similar length together; 0 where it does not matter. */
  int length(int row);

  /**
   * Reads and prepares a batch; called by several threads ahead of the step.
   *
   * @param rows in their order
   * @param epoch from 0
   * @param seed differs from batch to batch and is the same in a repeated run
   * @return the batch in one or more parts, such that their losses, and so their gradients, add up
   *     to those of the batch: rows that need different computations stand in different parts
   */
  List<Batch<HostTensor>> prepare(List<Integer> rows, int epoch, long seed);

  /**
   * Tells that a prepared part is used no more, so that its memory may serve others.
   *
   * @param part as {@link #prepare} gave it
   */
  default void release(Batch<HostTensor> part) {
    // Left to the garbage collector.
  }
}
