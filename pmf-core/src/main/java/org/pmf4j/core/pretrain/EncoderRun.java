package org.pmf4j.core.pretrain;

import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;

/** Runs all layers of an encoder. */
final class EncoderRun {
  private EncoderRun() {}

  /** The tokens that leave the last layer, before any final norm. */
  static Tokens lastStates(Encoder encoder, Named<Tensor> inputs) {
    Tokens tokens = encoder.embed(inputs);
    for (EncoderLayer layer : encoder.layers()) {
      tokens = layer.apply(tokens);
    }
    return tokens;
  }
}
