package org.pmf4j.modalities.family;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.encoder.Pooling;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.encoder.TransformerLayers;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.nn.LayerNorm;

/**
 * The image half of CLIP (Radford et al., 2021): a norm before the pre-norm layers and none after
 * them. The pooled vector is the CLS state after a norm of its own; the projection into the space
 * that CLIP shares with texts is not used. Immutable, so that any number of threads may share it.
 */
public final class ClipFamily implements EncoderFamily {
  private static final Map<String, Object> DEFAULTS =
      Map.of("hidden_act", "quick_gelu", "layer_norm_eps", 1e-5);

  private static final IgnoredWeights LEFTOVERS =
      IgnoredWeights.of(
          "clip.",
          "text_model.",
          "text_projection.",
          "visual_projection.",
          "logit_scale",
          "classifier.",
          "vision_model.embeddings.position_ids",
          "embeddings.position_ids");

  @Override
  public String modelType() {
    return "clip_vision_model";
  }

  @Override
  public String modality() {
    return "image";
  }

  @Override
  public String prefix() {
    return "clip.";
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
    Patches.Size size = Patches.Size.of(config, 224, 32);
    Weights w = ClipTower.ofImages(weights);
    PatchEmbedding embedding =
        new PatchEmbedding(
            Patches.unbiased(size, d, "embeddings.patch_embedding", w),
            List.of(w.get("embeddings.class_embedding", d)),
            w.get("embeddings.position_embedding.weight", 1 + size.patches(), d));
    LayerNorm before = w.layerNorm("pre_layrnorm", d, spec.epsilon());
    List<EncoderLayer> stack = ClipTower.stack(config, spec, w, layers);
    LayerNorm after = w.layerNorm("post_layernorm", d, spec.epsilon());
    return new Transformer(
        d,
        inputs -> {
          Tokens tokens = embedding.embed(inputs);
          return tokens.withStates(before.apply(tokens.states()));
        },
        stack,
        UnaryOperator.identity(),
        new ThenPooling(new Pooling.FirstTokens(1), after::apply));
  }
}
