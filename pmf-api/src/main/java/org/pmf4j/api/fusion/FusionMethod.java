package org.pmf4j.api.fusion;

import java.util.Map;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.tensor.Named;

/**
 * Offered by a plugin: a way to fuse encoders. Implementations have no state that changes: several
 * threads may use one at once.
 */
public interface FusionMethod {
  /** The name it is chosen by and saved under. */
  String name();

  /** One line for listings. */
  String description();

  /**
   * All settings with their default values: whole numbers, numbers, strings or booleans. They are
   * what may be set and what is saved.
   */
  Map<String, Object> defaults();

  /** What becomes of the encoders' weights: most methods here leave them frozen. */
  default Tuning tuning() {
    return Tuning.FROZEN;
  }

  /**
   * Builds the model.
   *
   * @param encoders by modality, two or more, in the order in which they were named
   * @param outputs number of logits
   * @param settings a value for each key of {@link #defaults()}
   * @param parameters makes the trainable tensors
   * @throws org.pmf4j.api.error.PmfException if settings and encoders do not go together
   */
  FusionModel build(
      Named<Encoder> encoders, int outputs, Map<String, Object> settings, Parameters parameters);
}
