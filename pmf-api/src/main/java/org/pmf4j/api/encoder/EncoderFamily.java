package org.pmf4j.api.encoder;

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
   * Builds the encoder.
   *
   * @throws org.pmf4j.api.error.PmfException if the configuration asks for what this family cannot
   *     do
   */
  Encoder build(EncoderConfig config, Weights weights, TransformerLayers layers);
}
