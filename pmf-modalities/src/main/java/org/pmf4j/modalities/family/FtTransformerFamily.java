package org.pmf4j.modalities.family;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
 * FT-Transformer (Gorishniy et al., 2021): a token of each feature of a row behind a CLS token,
 * pre-norm layers of which the first has no norm before its attention, ReGLU, a final norm. The
 * pooled vector is the CLS state after that norm; the ReLU that follows it in the paper belongs to
 * a head of its own. Immutable, so that any number of threads may share it.
 */
public final class FtTransformerFamily implements EncoderFamily {
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
    return "ft-transformer";
  }

  @Override
  public String modality() {
    return "tabular";
  }

  @Override
  public Optional<EncoderShape> shape(EncoderConfig config) {
    return Optional.of(
        new EncoderShape(config.size(FamilyConfig.Keys.BERT.width()), config.size(DEPTH)));
  }

  @Override
  public Encoder build(EncoderConfig config, Weights weights, TransformerLayers layers) {
    config.size(FamilyConfig.Keys.BERT.width());
    TransformerSpec plain =
        FamilyConfig.transformer(config, FamilyConfig.Keys.BERT, 1e-5, TransformerSpec.Norm.PRE);
    TransformerSpec spec = plain.gated(plain.mlpWidth(), plain.activation());
    FeatureTokenizer tokenizer =
        FeatureTokenizer.of(config, spec.width(), weights.under("tokenizer."));
    List<EncoderLayer> stack = new ArrayList<>();
    for (int i = 0; i < config.size(DEPTH); i++) {
      TransformerSpec.Names names = i == 0 ? NAMES.withoutAttentionNorm() : NAMES;
      stack.add(layers.layer(spec, names, weights.under("layers." + i + ".")));
    }
    return new Transformer(
        spec.width(),
        tokenizer::embed,
        stack,
        weights.layerNorm("norm", spec.width(), spec.epsilon())::apply,
        new Pooling.FirstTokens(1));
  }
}
