package org.example.series;

import java.util.List;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.Pooling;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.nn.LayerNorm;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;

/** The encoder, put together from its parts. */
record SeriesEncoder(int width, PatchEmbedding embedding, List<EncoderLayer> layers, LayerNorm norm)
    implements Encoder {

  @Override
  public Tokens embed(Named<Tensor> inputs) {
    return embedding.embed(inputs);
  }

  @Override
  public Tensor finalNorm(Tensor states) {
    return norm.apply(states);
  }

  @Override
  public Pooling pooling() {
    return new Pooling.FirstTokens(1);
  }
}
