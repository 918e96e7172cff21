package org.pmf4j.core.pretrain;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.encoder.Constants;
import org.pmf4j.core.training.ParameterStore;

/**
 * An {@link InitialEncoder} at work: what goes into a new directory, and what its weights start
 * from.
 */
interface Initialization extends AutoCloseable {
  /** The family of the encoder. */
  EncoderFamily family();

  /** What must be the same for a run to go on. */
  Map<String, String> identity();

  /** True if an older version wrote an entry of {@link #identity} so, and meant the same. */
  default boolean isKnownAs(String key, String saved) {
    return false;
  }

  /** Writes all files but the weights. */
  void initialize(Path directory, List<Source> corpus);

  /** Trainable weights with their starting values, made in {@code store} as the family asks. */
  Weights weights(ParameterStore store, Constants constants);

  /** Tensors that are saved although the encoder does not use them, by name. */
  Map<String, HostTensor> untrained(List<String> trained);

  @Override
  void close();
}
