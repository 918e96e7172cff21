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
 * BERT (Devlin et al., 2019) as {@code BertModel} of Hugging Face transformers has it: word,
 * position and token type embeddings, post-norm layers, no final norm. The pooled vector is the CLS
 * state; the tanh pooler is not used. Immutable, so that any number of threads may share it.
 */
public final class BertFamily implements EncoderFamily {
  private static final IgnoredWeights LEFTOVERS =
      IgnoredWeights.of(
          "bert.", "pooler.", "cls.", "classifier.", "qa_outputs.", "embeddings.position_ids");

  @Override
  public String modelType() {
    return "bert";
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
    return Optional.of(FamilyConfig.shape(config));
  }

  @Override
  public Encoder build(EncoderConfig config, Weights weights, TransformerLayers layers) {
    TransformerSpec spec = BertLayers.spec(config);
    Weights named = new LegacyNormWeights(weights);
    Weights embeddings = named.under("embeddings.");
    TokenEmbedding embedding =
        TokenEmbedding.of(config, spec.width(), 0, embeddings)
            .withTypes(embeddings, config.size("type_vocab_size", 2))
            .withNorm(embeddings.layerNorm("LayerNorm", spec.width(), spec.epsilon()));
    return new Transformer(
        spec.width(),
        embedding::embed,
        BertLayers.stack(config, spec, named, layers),
        UnaryOperator.identity(),
        new Pooling.FirstTokens(1));
  }
}
