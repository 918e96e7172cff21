package org.pmf4j.core.training;

import java.util.List;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;

/** What a {@link Trainer} trains: rows of data, batches of them, and a loss over parameters. */
public interface Objective {
  /** What is trained. */
  List<Parameter> parameters();

  /** Number of training rows. */
  int rows();

  /** A row's length, for putting rows of similar length together; 0 where it does not matter. */
  int length(int row);

  /**
   * Reads and prepares a batch; called by several threads ahead of the step.
   *
   * @param rows in their order
   * @param seed differs from batch to batch and is the same in a repeated run
   */
  Named<HostTensor> prepare(List<Integer> rows, long seed);

  /**
   * Brings a batch onto the device, by the thread that trains.
   *
   * @return tensors which the caller closes
   */
  Named<Tensor> place(Named<HostTensor> batch);

  /**
   * The mean loss of a batch, [1]; called inside a training program.
   *
   * @param batch as {@link #place} returned it
   */
  Tensor loss(Named<Tensor> batch);
}
