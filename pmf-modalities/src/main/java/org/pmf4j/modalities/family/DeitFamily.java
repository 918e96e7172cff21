package org.pmf4j.modalities.family;

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
import org.pmf4j.api.nn.LayerNorm;
import org.pmf4j.api.tensor.Tensor;

/**
 * DeiT (Touvron et al., 2021): ViT with a distillation token beside CLS. The pooled vector is the
 * mean of both states after the final norm, as its two heads are averaged. Immutable, so that any
 * number of threads may share it.
 */
public final class DeitFamily implements EncoderFamily {
  private static final IgnoredWeights LEFTOVERS =
      IgnoredWeights.of(
          "deit.",
          "pooler.",
          "classifier.",
          "cls_classifier.",
          "distillation_classifier.",
          "decoder.",
          "embeddings.mask_token");

  @Override
  public String modelType() {
    return "deit";
  }

  @Override
  public String modality() {
    return "image";
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
    TransformerSpec spec = FamilyConfig.transformer(config, TransformerSpec.Norm.PRE);
    int d = spec.width();
    config.flag("qkv_bias", true);
    Patches.Size size = Patches.Size.of(config, 224, 16);
    Weights w = weights.under("embeddings.");
    Patches patches = Patches.of(size, d, "patch_embeddings.projection", w);
    List<Tensor> both = List.of(w.get("cls_token", 1, 1, d), w.get("distillation_token", 1, 1, d));
    Tensor positions = w.get("position_embeddings", 1, 2 + size.patches(), d);
    List<EncoderLayer> stack = VitLayers.stack(config, spec, weights, layers);
    LayerNorm norm = weights.layerNorm("layernorm", d, spec.epsilon());
    return new Transformer(
        d,
        new PatchEmbedding(patches, both, positions)::embed,
        stack,
        norm::apply,
        new Pooling.FirstTokens(2));
  }
}
