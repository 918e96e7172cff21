package org.pmf4j.modalities.family;

import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.encoder.Pooling;
import org.pmf4j.api.encoder.TransformerLayers;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.nn.Linear;

/**
 * ELECTRA (Clark et al., 2020): BERT's maths, where the embeddings may be narrower than the layers
 * and are then projected. The pooled vector is the CLS state. Immutable, so that any number of
 * threads may share it.
 */
public final class ElectraFamily implements EncoderFamily {
  private static final IgnoredWeights LEFTOVERS =
      IgnoredWeights.of(
          "electra.",
          "discriminator_predictions.",
          "generator_predictions.",
          "generator_lm_head.",
          "classifier.",
          "qa_outputs.",
          "sequence_summary.",
          "embeddings.position_ids");

  private static final Map<String, Object> DEFAULTS =
      Map.of(
          "embedding_size", 128,
          "hidden_size", 256,
          "num_attention_heads", 4,
          "intermediate_size", 1024);

  @Override
  public String modelType() {
    return "electra";
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
    return Optional.of(FamilyConfig.shape(FamilyConfig.withDefaults(config, DEFAULTS)));
  }

  @Override
  public Encoder build(EncoderConfig given, Weights weights, TransformerLayers layers) {
    EncoderConfig config = FamilyConfig.withDefaults(given, DEFAULTS);
    TransformerSpec spec = BertLayers.spec(config);
    Weights named = new LegacyNormWeights(weights);
    Weights embeddings = named.under("embeddings.");
    int narrow = config.size("embedding_size");
    TokenEmbedding embedding =
        TokenEmbedding.of(config, narrow, 0, embeddings)
            .withTypes(embeddings, config.size("type_vocab_size", 2))
            .withNorm(embeddings.layerNorm("LayerNorm", narrow, spec.epsilon()));
    if (narrow != spec.width()) {
      Linear projection = named.linear("embeddings_project", narrow, spec.width());
      embedding = embedding.withProjection(projection);
    }
    return new Transformer(
        spec.width(),
        embedding::embed,
        BertLayers.stack(config, spec, named, layers),
        UnaryOperator.identity(),
        new Pooling.FirstTokens(1));
  }
}
