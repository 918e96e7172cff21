package org.pmf4j.api.encoder;

import java.util.Optional;

/**
 * Offered by a plugin: one kind of encoder, picked by the {@code model_type} of config.json.
 * Implementations have no state that changes: several threads may use one at once.
 */
public interface EncoderFamily {
  /** The {@code model_type} that it reads, such as {@code bert}. */
  String modelType();

  /** The modality it encodes, such as {@code text}. */
  String modality();

  /**
   * Prefixes under which the weights may stand when a task head was saved with them, such as {@code
   * bert.}; tried before the plain name.
   */
  default String prefix() {
    return modelType() + ".";
  }

  /**
   * True for tensors of a saved model that are not the encoder's: poolers, heads, buffers. They are
   * passed over without a warning.
   *
   * @param name the tensor's name in the file
   */
  default boolean ignores(String name) {
    return false;
  }

  /**
   * What a configuration says of this encoder, where it tells of several: of a model of texts and
   * images the settings of one half. {@link #shape} and {@link #build} are given the whole.
   *
   * @param config the whole config.json
   * @return by default the whole
   * @throws org.pmf4j.api.error.PmfException if what stands in the encoder's place is no object
   * @since API version 2
   */
  default EncoderConfig part(EncoderConfig config) {
    return config;
  }

  /**
   * The encoder's shape, by its configuration alone, so that a fusion method can plan before there
   * are weights. Where a family does not tell it, the encoder is built to ask.
   *
   * @throws org.pmf4j.api.error.PmfException if the configuration asks for what this family cannot
   *     do
   * @since API version 2
   */
  default Optional<EncoderShape> shape(EncoderConfig config) {
    return Optional.empty();
  }

  /**
   * Builds the encoder.
   *
   * @throws org.pmf4j.api.error.PmfException if the configuration asks for what this family cannot
   *     do
   */
  Encoder build(EncoderConfig config, Weights weights, TransformerLayers layers);
}
