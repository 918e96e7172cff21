package org.pmf4j.modalities.family;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.Pooling;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;

/**
 * An encoder put together from its parts.
 *
 * @param width d of the token states
 * @param embedding from inputs to what enters the first layer
 * @param layers first to last
 * @param norm the norm after the last layer, or the identity
 * @param pooling how the last states become one vector
 */
record Transformer(
    int width,
    Function<Named<Tensor>, Tokens> embedding,
    List<EncoderLayer> layers,
    UnaryOperator<Tensor> norm,
    Pooling pooling)
    implements Encoder {

  Transformer {
    layers = List.copyOf(layers);
  }

  @Override
  public Tokens embed(Named<Tensor> inputs) {
    return embedding.apply(inputs);
  }

  @Override
  public Tensor finalNorm(Tensor states) {
    return norm.apply(states);
  }
}
