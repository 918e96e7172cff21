package org.example.series;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.encoder.TransformerLayers;
import org.pmf4j.api.encoder.Weights;

/**
 * A transformer over patches of time steps with layers that the host does not have: {@link
 * ParallelLayer}s with a rotation of neighbouring channels and a sigmoid gate. Its inputs,
 * embedding and pooling are those of {@link SeriesFamily}.
 */
public final class ParallelFamily implements EncoderFamily {
  static final String MODEL_TYPE = "pmf-series-parallel";

  private static final String DEPTH = "num_hidden_layers";

  @Override
  public String modelType() {
    return MODEL_TYPE;
  }

  @Override
  public String modality() {
    return "series";
  }

  @Override
  public Optional<EncoderShape> shape(EncoderConfig config) {
    return Optional.of(new EncoderShape(width(config), config.size(DEPTH)));
  }

  @Override
  public Encoder build(EncoderConfig config, Weights weights, TransformerLayers layers) {
    int d = width(config);
    double epsilon = config.number("layer_norm_eps", 1e-12);
    PatchEmbedding embedding = PatchEmbedding.of(config, d, weights);
    int longest = (int) embedding.positions().dim(1);
    Rotation rotation = Rotation.of(longest, d / heads(config), weights);
    List<EncoderLayer> stack =
        IntStream.range(0, config.size(DEPTH))
            .mapToObj(i -> weights.under("layers." + i + "."))
            .map(w -> layer(config, d, epsilon, rotation, w))
            .toList();
    return new SeriesEncoder(d, embedding, stack, weights.layerNorm("norm", d, epsilon));
  }

  private static EncoderLayer layer(
      EncoderConfig config, int d, double epsilon, Rotation rotation, Weights weights) {
    Weights attention = weights.under("attention.");
    return new ParallelLayer(
        heads(config),
        weights.layerNorm("norm", d, epsilon),
        attention.linear("query", d, d),
        attention.linear("key", d, d),
        attention.linear("value", d, d),
        attention.linear("output", d, d),
        GatedNetwork.of(d, config.size("intermediate_size"), weights.under("mlp.")),
        rotation);
  }

  private static int heads(EncoderConfig config) {
    return config.size("num_attention_heads");
  }

  /** Each head turns whole pairs of channels. */
  private static int width(EncoderConfig config) {
    int width = config.size("hidden_size");
    int channels = 2 * heads(config);
    if (width % channels != 0) {
      throw config.wrong(
          "hidden_size", "a multiple of twice num_attention_heads, " + channels, width);
    }
    return width;
  }
}
