package org.pmf4j.core.trunk;

import java.util.List;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.batch.Batch;
import org.pmf4j.core.data.Example;

/**
 * Gives what enters the first fusion layer, for batches of examples. Several threads may prepare
 * and place samples at once.
 */
public interface Trunks extends AutoCloseable {
  /**
   * What can be done ahead, on any thread and off the device.
   *
   * @param examples that all have the same modalities, which need not be all that there are
   * @return what {@link #place} takes
   * @throws IllegalArgumentException if they do not have the same modalities
   */
  Batch<HostTensor> prepare(List<Example> examples);

  /**
   * Puts a prepared batch onto the device.
   *
   * @return the same with what enters the first fusion layer in place of what enters the encoder,
   *     unless nothing is computed ahead; its tensors are the caller's to close
   */
  Batch<Tensor> place(Batch<HostTensor> prepared);

  /**
   * Tells that a prepared batch is used no more, and what was placed of it closed: its memory may
   * serve the next one.
   *
   * @param prepared what {@link #prepare} returned
   */
  default void release(Batch<HostTensor> prepared) {
    // Left to the garbage collector.
  }

  /** An example's number of tokens over all its modalities, as far as it can be told cheaply. */
  int length(Example example);

  @Override
  void close();
}
