package org.pmf4j.modalities.family;

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

/**
 * RoBERTa (Liu et al., 2019) and XLM-RoBERTa (Conneau et al., 2020): BERT's maths, where positions
 * begin after the id of the padding token, so that the longest text is that much shorter than the
 * table of positions. The pooled vector is the state of the first token, {@code <s>}. Immutable, so
 * that any number of threads may share it.
 *
 * @param modelType {@code roberta} or {@code xlm-roberta}
 */
public record RobertaFamily(String modelType) implements EncoderFamily {
  private static final IgnoredWeights LEFTOVERS =
      IgnoredWeights.of(
          "roberta.",
          "pooler.",
          "lm_head.",
          "classifier.",
          "qa_outputs.",
          "embeddings.position_ids",
          "embeddings.token_type_ids");

  /** The padding token's id where the configuration does not say, as in transformers. */
  private static final int PADDING = 1;

  @Override
  public String modality() {
    return "text";
  }

  @Override
  public String prefix() {
    return "roberta.";
  }

  @Override
  public boolean ignores(String name) {
    return LEFTOVERS.has(name);
  }

  @Override
  public Optional<EncoderShape> shape(EncoderConfig config) {
    return Optional.of(FamilyConfig.shape(config));
  }

  @Override
  public Encoder build(EncoderConfig config, Weights weights, TransformerLayers layers) {
    TransformerSpec spec = BertLayers.spec(config);
    Weights named = new LegacyNormWeights(weights);
    Weights embeddings = named.under("embeddings.");
    int first = padding(config) + 1;
    TokenEmbedding embedding =
        TokenEmbedding.of(config, spec.width(), first, embeddings)
            .withTypes(embeddings, config.size("type_vocab_size", 2))
            .withNorm(embeddings.layerNorm("LayerNorm", spec.width(), spec.epsilon()));
    return new Transformer(
        spec.width(),
        embedding::embed,
        BertLayers.stack(config, spec, named, layers),
        UnaryOperator.identity(),
        new Pooling.FirstTokens(1));
  }

  private static int padding(EncoderConfig config) {
    double id = config.number("pad_token_id", PADDING);
    if (id != Math.rint(id) || id < 0 || id >= config.size("vocab_size", 30522)) {
      throw config.wrong("pad_token_id", "a token's id, below vocab_size", id);
    }
    return (int) id;
  }
}
