package org.pmf4j.modalities.family;

import java.util.List;
import java.util.Optional;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.encoder.TransformerLayers;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.modalities.directory.KeyList;

/**
 * A family whose config.json is held against the lists of keys before anything is built. Immutable,
 * so that any number of threads may share it.
 *
 * @param family what builds
 */
public record CheckedFamily(EncoderFamily family) implements EncoderFamily {
  private static final String COMMON = "config";
  private static final List<String> DEPTHS =
      List.of("num_hidden_layers", "n_layers", "n_layer", "num_layers", "encoder_layers");

  /**
   * Several times what any encoder has; a list of the layers is made before their weights are asked
   * for.
   */
  private static final int MOST_LAYERS = 1_000;

  @Override
  public String modelType() {
    return family.modelType();
  }

  @Override
  public String modality() {
    return family.modality();
  }

  @Override
  public String prefix() {
    return family.prefix();
  }

  @Override
  public boolean ignores(String name) {
    return family.ignores(name);
  }

  @Override
  public EncoderConfig part(EncoderConfig config) {
    return family.part(config);
  }

  @Override
  public Optional<EncoderShape> shape(EncoderConfig config) {
    requireModestDepth(config);
    return family.shape(config);
  }

  @Override
  public Encoder build(EncoderConfig config, Weights weights, TransformerLayers layers) {
    KeyList.of(COMMON, COMMON + "." + modelType()).check(config);
    requireModestDepth(config);
    return family.build(config, weights, layers);
  }

  private static void requireModestDepth(EncoderConfig config) {
    for (String key : DEPTHS) {
      int depth = config.size(key, 1);
      if (depth > MOST_LAYERS) {
        throw config.wrong(key, "at most " + MOST_LAYERS, depth);
      }
    }
  }
}
