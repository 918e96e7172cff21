package org.pmf4j.core.trunk;

import java.util.List;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.batch.Batch;
import org.pmf4j.core.batch.ModalityInput.TrunkOutput;

/** Puts samples' trunk outputs into batches, in memory that is used again. For any thread. */
public final class TrunkStacks {
  private final BatchMemory memory = new BatchMemory();

  /**
   * Stacks one modality's samples, padding with zeros to the longest.
   *
   * @param samples of tensors FLOAT32 [N_i, width], as {@link SampleTrunk#compute} gives them
   * @return of tensors [B, N, width]; with a mask if lengths differ
   */
  public TrunkOutput<HostTensor> stack(List<TrunkOutput<HostTensor>> samples) {
    return Padding.stack(samples, memory);
  }

  /** Tells that a batch of what was stacked is used no more: its memory serves the next one. */
  public void release(Batch<HostTensor> batch) {
    batch.tensors().forEach(memory::giveBack);
  }
}
