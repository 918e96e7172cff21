package org.pmf4j.core.encoder;

import java.util.List;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.Pooling;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;

/**
 * An encoder with another pooling than its family's.
 *
 * @param encoder what computes the states
 * @param pooling how they become one vector
 */
record PooledEncoder(Encoder encoder, Pooling pooling) implements Encoder {
  @Override
  public int width() {
    return encoder.width();
  }

  @Override
  public Tokens embed(Named<Tensor> inputs) {
    return encoder.embed(inputs);
  }

  @Override
  public List<? extends EncoderLayer> layers() {
    return encoder.layers();
  }

  @Override
  public Tensor finalNorm(Tensor states) {
    return encoder.finalNorm(states);
  }
}
