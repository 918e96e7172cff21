package org.pmf4j.core.training;

import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.batch.Batch;

/** What a part of a batch adds to the loss. Called by the thread that trains. */
public interface PartLoss {
  /**
   * Brings a part of a batch onto the device.
   *
   * @return a part of tensors which the caller closes
   */
  Batch<Tensor> place(Batch<HostTensor> part);

  /**
   * What a part adds to the mean loss of its batch, [1]; called inside a training program.
   *
   * @param part as {@link #place} returned it
   */
  Tensor loss(Batch<Tensor> part);
}
