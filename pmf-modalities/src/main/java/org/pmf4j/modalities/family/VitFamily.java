package org.pmf4j.modalities.family;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.Pooling;
import org.pmf4j.api.encoder.TransformerLayers;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.nn.LayerNorm;

/**
 * ViT (Dosovitskiy et al., 2021) as {@code ViTModel} of Hugging Face transformers has it: patches,
 * a CLS token, learned positions, pre-norm layers and a final norm. The pooled vector is the CLS
 * state after that norm.
 */
public final class VitFamily implements EncoderFamily {
  private static final TransformerSpec.Names NAMES =
      new TransformerSpec.Names(
          "attention.attention.query",
          "attention.attention.key",
          "attention.attention.value",
          "attention.output.dense",
          "intermediate.dense",
          "output.dense",
          "layernorm_before",
          "layernorm_after");

  private static final Set<String> WITHOUT_BIAS = Set.of(NAMES.query(), NAMES.key(), NAMES.value());

  private static final Leftovers LEFTOVERS =
      Leftovers.of("vit.", "pooler.", "classifier.", "decoder.", "embeddings.mask_token");

  @Override
  public String modelType() {
    return "vit";
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
  public Encoder build(EncoderConfig config, Weights weights, TransformerLayers layers) {
    TransformerSpec spec = FamilyConfig.transformer(config, TransformerSpec.Norm.PRE);
    boolean bias = config.flag("qkv_bias", true);
    int depth = config.size("num_hidden_layers", 12);
    PatchEmbedding embedding = PatchEmbedding.of(config, spec.width(), weights);
    List<EncoderLayer> stack =
        IntStream.range(0, depth)
            .mapToObj(i -> weights.under("encoder.layer." + i + "."))
            .map(w -> bias ? w : new UnbiasedWeights(w, WITHOUT_BIAS))
            .map(w -> layers.layer(spec, NAMES, w))
            .toList();
    LayerNorm norm = weights.layerNorm("layernorm", spec.width(), spec.epsilon());
    return new Transformer(
        spec.width(), embedding::embed, stack, norm::apply, new Pooling.FirstTokens(1));
  }
}
