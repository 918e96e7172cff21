package org.pmf4j.core.pretrain;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.modality.Pretraining;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.encoder.Constants;
import org.pmf4j.core.training.ParameterStore;

/**
 * A new encoder.
 *
 * @param family of the encoder
 * @param sizes of the encoder
 * @param pretraining writes its files
 */
record FromScratch(EncoderFamily family, Pretraining.Sizes sizes, Pretraining pretraining)
    implements Initialization {

  @Override
  public Map<String, String> identity() {
    return Map.of("sizes", sizes.toString());
  }

  @Override
  public void initialize(Path directory, List<Source> corpus) {
    pretraining.initialize(directory, sizes, corpus);
  }

  @Override
  public Weights weights(ParameterStore store, Constants constants) {
    return new RandomWeights(store, constants, "");
  }

  @Override
  public Map<String, HostTensor> untrained(List<String> trained) {
    return Map.of();
  }

  @Override
  public void close() {}
}
