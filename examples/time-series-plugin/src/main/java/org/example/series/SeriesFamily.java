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
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.nn.Activation;
import org.pmf4j.api.nn.LayerNorm;

/**
 * A transformer over patches of time steps: a linear layer makes a token of each patch, a CLS token
 * stands before them, positions are learned. Layers are pre-norm, with a norm at the end.
 */
public final class SeriesFamily implements EncoderFamily {
  static final String MODEL_TYPE = "pmf-series-transformer";

  private static final String DEPTH = "num_hidden_layers";

  private static final TransformerSpec.Names NAMES =
      new TransformerSpec.Names(
          "attention.query",
          "attention.key",
          "attention.value",
          "attention.output",
          "mlp.in",
          "mlp.out",
          "attention_norm",
          "mlp_norm");

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
    return Optional.of(new EncoderShape(spec(config).width(), config.size(DEPTH)));
  }

  @Override
  public Encoder build(EncoderConfig config, Weights weights, TransformerLayers layers) {
    TransformerSpec spec = spec(config);
    List<EncoderLayer> stack =
        IntStream.range(0, config.size(DEPTH))
            .mapToObj(i -> layers.layer(spec, NAMES, weights.under("layers." + i + ".")))
            .toList();
    LayerNorm norm = weights.layerNorm("norm", spec.width(), spec.epsilon());
    return new SeriesEncoder(
        spec.width(), PatchEmbedding.of(config, spec.width(), weights), stack, norm);
  }

  private static TransformerSpec spec(EncoderConfig config) {
    int width = config.size("hidden_size");
    int heads = config.size("num_attention_heads");
    if (width % heads != 0) {
      throw config.wrong("hidden_size", "a multiple of num_attention_heads " + heads, width);
    }
    return new TransformerSpec(
        width,
        heads,
        config.size("intermediate_size"),
        Activation.named(config.text("hidden_act", "gelu")),
        TransformerSpec.Norm.PRE,
        config.number("layer_norm_eps", 1e-12));
  }
}
