package org.pmf4j.core.pool;

import java.util.Optional;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.batch.ModalityInput.TrunkOutput;
import org.pmf4j.core.trunk.SampleTrunk;

/** What a record has of one modality, ready to be computed. For one thread at a time. */
sealed interface Input {
  /** The record is through, or will not come. */
  default void release() {}

  /** For a model whose encoders are its own: what the encoder takes. */
  record Prepared(Sample sample) implements Input {}

  /** For a shared encoder: the trunk's output, or what it is computed of. */
  final class OfTrunk implements Input {
    final String modality;
    final SampleTrunk trunk;

    /** Empty where the content is not known: such a sample is kept nowhere. */
    final Optional<TrunkKey> key;

    /** Null once there is an output. */
    Sample sample;

    /** Null until it is computed. */
    TrunkOutput<HostTensor> output;

    /** Gives the sample back. */
    private final Runnable release;

    OfTrunk(
        String modality,
        SampleTrunk trunk,
        Optional<TrunkKey> key,
        Sample sample,
        TrunkOutput<HostTensor> output,
        Runnable release) {
      this.modality = modality;
      this.trunk = trunk;
      this.key = key;
      this.sample = sample;
      this.output = output;
      this.release = release;
    }

    @Override
    public void release() {
      release.run();
    }
  }
}
