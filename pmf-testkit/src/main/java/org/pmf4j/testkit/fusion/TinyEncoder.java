package org.pmf4j.testkit.fusion;

import java.util.List;
import java.util.stream.IntStream;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.encoder.Pooling;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.nn.Activation;
import org.pmf4j.api.nn.LayerNorm;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.testkit.modality.PlainLayers;
import org.pmf4j.testkit.modality.RandomWeights;

/**
 * A transformer with random weights, of which nobody asks how its tokens came to be.
 *
 * @param width d
 * @param layers first to last
 * @param norm after the last one
 * @param pooling of its last states
 * @param weights owned
 */
record TinyEncoder(
    int width, List<EncoderLayer> layers, LayerNorm norm, Pooling pooling, RandomWeights weights)
    implements Encoder, AutoCloseable {
  private static final TransformerSpec.Names NAMES =
      new TransformerSpec.Names(
          "query", "key", "value", "output", "mlp_in", "mlp_out", "attention_norm", "mlp_norm");

  static TinyEncoder of(Backend backend, EncoderShape shape, Pooling pooling) {
    TransformerSpec spec =
        new TransformerSpec(
            shape.width(), 2, 2 * shape.width(), Activation.GELU, TransformerSpec.Norm.PRE, 1e-6);
    RandomWeights weights = RandomWeights.of(backend, null);
    PlainLayers plain = new PlainLayers();
    List<EncoderLayer> layers =
        IntStream.range(0, shape.depth())
            .mapToObj(l -> plain.layer(spec, NAMES, List.of(), weights.under("layers." + l + ".")))
            .toList();
    LayerNorm norm = weights.layerNorm("norm", shape.width(), 1e-6);
    return new TinyEncoder(shape.width(), layers, norm, pooling, weights);
  }

  @Override
  public Tokens embed(Named<Tensor> inputs) {
    throw new AssertionError("a fusion method has tokens given, and embeds none");
  }

  @Override
  public Tensor finalNorm(Tensor states) {
    return norm.apply(states);
  }

  @Override
  public void close() {
    weights.close();
  }
}
