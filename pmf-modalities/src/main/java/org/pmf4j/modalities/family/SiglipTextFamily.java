package org.pmf4j.modalities.family;

import java.util.List;
import java.util.Map;
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
import org.pmf4j.api.nn.Linear;

/**
 * The text half of SigLIP (Zhai et al., 2023): learned positions, pre-norm layers, a final norm.
 * The pooled vector is the state of the last token, through the family's linear head. Texts are
 * always as long as the encoder takes, filled up with padding that counts as text. Immutable, so
 * that any number of threads may share it.
 */
public final class SiglipTextFamily implements EncoderFamily {
  private static final Map<String, Object> DEFAULTS =
      Map.of(
          "vocab_size",
          32_000,
          "max_position_embeddings",
          64,
          "hidden_act",
          "gelu_pytorch_tanh",
          "layer_norm_eps",
          1e-6);

  private static final IgnoredWeights LEFTOVERS =
      IgnoredWeights.of(
          "siglip.",
          "vision_model.",
          "logit_scale",
          "logit_bias",
          "text_model.embeddings.position_ids",
          "embeddings.position_ids");

  @Override
  public String modelType() {
    return "siglip_text_model";
  }

  @Override
  public String modality() {
    return "text";
  }

  @Override
  public String prefix() {
    return "siglip.";
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
    TransformerSpec spec = FamilyConfig.transformer(config, TransformerSpec.Norm.PRE);
    int d = spec.width();
    if (config.size("projection_size", d) != d) {
      throw config.wrong(
          "projection_size", "hidden_size " + d, config.values().get("projection_size"));
    }
    Weights w = ClipTower.ofTexts(weights);
    TokenEmbedding embedding = TokenEmbedding.ofClip(config, d, w);
    List<EncoderLayer> stack = ClipTower.stack(config, spec, w, layers);
    Linear head = w.linear("head", d, d);
    return new Transformer(
        d,
        embedding::embed,
        stack,
        w.layerNorm("final_layer_norm", d, spec.epsilon())::apply,
        new ThenPooling(new Pooling.LastToken(), head::apply));
  }
}
