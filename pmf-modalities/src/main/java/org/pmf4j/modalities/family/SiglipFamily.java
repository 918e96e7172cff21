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
import org.pmf4j.api.nn.LayerNorm;

/**
 * The image half of SigLIP (Zhai et al., 2023): patches without a CLS token, pre-norm layers, a
 * final norm. The pooled vector is that of the family's attention pooling head; it is the mean of
 * all tokens where the model was saved without one. Immutable, so that any number of threads may
 * share it.
 */
public final class SiglipFamily implements EncoderFamily {
  private static final Map<String, Object> DEFAULTS =
      Map.of("hidden_act", "gelu_pytorch_tanh", "layer_norm_eps", 1e-6);

  private static final IgnoredWeights LEFTOVERS =
      IgnoredWeights.of(
          "siglip.",
          "text_model.",
          "logit_scale",
          "logit_bias",
          "classifier.",
          "vision_model.embeddings.position_ids",
          "embeddings.position_ids");

  @Override
  public String modelType() {
    return "siglip_vision_model";
  }

  @Override
  public String modality() {
    return "image";
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
    boolean head = config.flag("vision_use_head", true);
    Patches.Size size = Patches.Size.of(config, 224, 16);
    Weights w = ClipTower.ofImages(weights);
    PatchEmbedding embedding =
        new PatchEmbedding(
            Patches.of(size, d, "embeddings.patch_embedding", w),
            List.of(),
            w.get("embeddings.position_embedding.weight", size.patches(), d));
    List<EncoderLayer> stack = ClipTower.stack(config, spec, w, layers);
    LayerNorm norm = w.layerNorm("post_layernorm", d, spec.epsilon());
    Pooling pooling =
        head ? AttentionPooling.of(spec, w.under("head.")) : new Pooling.MeanOfTokens();
    return new Transformer(d, embedding::embed, stack, norm::apply, pooling);
  }
}
