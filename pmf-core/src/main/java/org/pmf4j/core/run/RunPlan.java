package org.pmf4j.core.run;

import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.encoder.EncoderDirectory;
import org.pmf4j.core.model.Blueprint;
import org.pmf4j.core.model.PlannedMethod;

/**
 * What a run is going to do, made before a table or a weight is read. Immutable, so that any number
 * of threads may share it.
 *
 * @param config what was asked for
 * @param encoders their directories, by modality
 * @param method planned for these encoders
 * @param encoderRate learning rate of the encoders' own weights
 */
public record RunPlan(
    TrainConfig config,
    Named<EncoderDirectory> encoders,
    PlannedMethod method,
    EncoderLearningRate encoderRate) {

  /** The model, once the table has told how many logits it has. */
  Blueprint blueprint(int outputs) {
    return new Blueprint(encoders, config.precision(), method, outputs);
  }

  /** True if trunk outputs are kept: where that was not declined, and they stay what they are. */
  boolean cached() {
    return config.cache().root().isPresent() && !method.tunesEncoders();
  }
}
