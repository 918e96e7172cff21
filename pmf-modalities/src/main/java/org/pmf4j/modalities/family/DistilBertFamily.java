package org.pmf4j.modalities.family;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.encoder.Pooling;
import org.pmf4j.api.encoder.TransformerLayers;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.encoder.Weights;

/**
 * DistilBERT (Sanh et al., 2019): BERT's maths under names of its own and without token types. The
 * pooled vector is the CLS state. Immutable, so that any number of threads may share it.
 */
public final class DistilBertFamily implements EncoderFamily {
  private static final double EPSILON = 1e-12;

  private static final FamilyConfig.Keys KEYS =
      new FamilyConfig.Keys("dim", "n_heads", "hidden_dim", "activation", null);

  private static final Map<String, String> OTHER_NAMES =
      Map.of(
          "hidden_size", "dim", "num_attention_heads", "n_heads", "num_hidden_layers", "n_layers");

  private static final TransformerSpec.Names NAMES =
      new TransformerSpec.Names(
          "attention.q_lin",
          "attention.k_lin",
          "attention.v_lin",
          "attention.out_lin",
          "ffn.lin1",
          "ffn.lin2",
          "sa_layer_norm",
          "output_layer_norm");

  private static final IgnoredWeights LEFTOVERS =
      IgnoredWeights.of(
          "distilbert.",
          "vocab_transform.",
          "vocab_layer_norm.",
          "vocab_projector.",
          "pre_classifier.",
          "classifier.",
          "qa_outputs.",
          "embeddings.position_ids");

  @Override
  public String modelType() {
    return "distilbert";
  }

  @Override
  public String modality() {
    return "text";
  }

  @Override
  public boolean ignores(String name) {
    return LEFTOVERS.has(name);
  }

  @Override
  public Optional<EncoderShape> shape(EncoderConfig config) {
    EncoderConfig own = FamilyConfig.withOwnNames(config, OTHER_NAMES);
    return Optional.of(new EncoderShape(own.size("dim", 768), own.size("n_layers", 6)));
  }

  @Override
  public Encoder build(EncoderConfig given, Weights weights, TransformerLayers layers) {
    EncoderConfig config = FamilyConfig.withOwnNames(given, OTHER_NAMES);
    TransformerSpec spec =
        FamilyConfig.transformer(config, KEYS, EPSILON, TransformerSpec.Norm.POST);
    Weights named = new LegacyNormWeights(weights);
    Weights embeddings = named.under("embeddings.");
    TokenEmbedding embedding =
        TokenEmbedding.of(config, spec.width(), 0, embeddings)
            .withNorm(embeddings.layerNorm("LayerNorm", spec.width(), EPSILON));
    List<EncoderLayer> stack =
        IntStream.range(0, config.size("n_layers", 6))
            .mapToObj(i -> named.under("transformer.layer." + i + "."))
            .map(w -> layers.layer(spec, NAMES, w))
            .toList();
    return new Transformer(
        spec.width(),
        embedding::embed,
        stack,
        UnaryOperator.identity(),
        new Pooling.FirstTokens(1));
  }
}
