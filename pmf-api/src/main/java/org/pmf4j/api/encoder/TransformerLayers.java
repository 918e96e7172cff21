package org.pmf4j.api.encoder;

/** A service of the host: transformer layers, so that a family needs not write their maths. */
public interface TransformerLayers {
  /**
   * One layer.
   *
   * @param weights the weights below the layer's prefix
   */
  EncoderLayer layer(TransformerSpec spec, TransformerSpec.Names names, Weights weights);
}
