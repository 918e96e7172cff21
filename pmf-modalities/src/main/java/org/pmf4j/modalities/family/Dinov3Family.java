package org.pmf4j.modalities.family;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.encoder.Pooling;
import org.pmf4j.api.encoder.PositionRule;
import org.pmf4j.api.encoder.TransformerLayers;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.encoder.UnbiasedWeights;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.nn.LayerNorm;
import org.pmf4j.api.tensor.Tensor;

/**
 * DINOv3's vision transformers (Siméoni et al., 2025) as {@code DINOv3ViTModel} of Hugging Face
 * transformers has them: a CLS token, registers, and patches whose queries and keys are turned by
 * the coordinates of their centres; pre-norm layers with layer scale, plain or gated feed-forward
 * networks, a final norm. No weight depends on the size of images, which is that of the
 * configuration. The pooled vector is the CLS state after the final norm; registers are not read.
 * Immutable, so that any number of threads may share it.
 */
public final class Dinov3Family implements EncoderFamily {
  private static final TransformerSpec.Names NAMES =
      new TransformerSpec.Names(
              "attention.q_proj",
              "attention.k_proj",
              "attention.v_proj",
              "attention.o_proj",
              "mlp.up_proj",
              "mlp.down_proj",
              "norm1",
              "norm2")
          .scaledBy("layer_scale1.lambda1", "layer_scale2.lambda1");

  private static final TransformerSpec.Names GATED = NAMES.gatedBy("mlp.gate_proj");

  private static final Map<String, Object> DEFAULTS =
      Map.of(
          "hidden_size", 384,
          "num_attention_heads", 6,
          "intermediate_size", 1536,
          "layer_norm_eps", 1e-5);

  @Override
  public String modelType() {
    return "dinov3_vit";
  }

  @Override
  public String modality() {
    return "image";
  }

  /** Files of models without registers have an empty tensor of them. */
  @Override
  public boolean ignores(String name) {
    return IgnoredWeights.of(prefix(), "embeddings.mask_token", "embeddings.register_tokens")
        .has(name);
  }

  @Override
  public Optional<EncoderShape> shape(EncoderConfig config) {
    return Optional.of(FamilyConfig.shape(FamilyConfig.withDefaults(config, DEFAULTS)));
  }

  @Override
  public Encoder build(EncoderConfig given, Weights weights, TransformerLayers layers) {
    EncoderConfig config = FamilyConfig.withDefaults(given, DEFAULTS);
    TransformerSpec plain = FamilyConfig.transformer(config, TransformerSpec.Norm.PRE);
    boolean gated = config.flag("use_gated_mlp", false);
    TransformerSpec spec = gated ? plain.gated(plain.mlpWidth(), plain.activation()) : plain;
    int d = spec.width();
    int registers = registers(config);
    Weights named = new UnbiasedWeights(weights, unbiased(config));
    Patches.Size size = Patches.Size.of(config, 224, 16);
    PatchRotation rotation = PatchRotation.of(config, 1 + registers, size, spec.headWidth());
    Weights w = weights.under("embeddings.");
    Tensor cls = w.get("cls_token", 1, 1, d);
    PatchEmbedding embedding =
        new PatchEmbedding(
            Patches.of(size, d, "patch_embeddings", w),
            registers == 0 ? List.of(cls) : List.of(cls, w.get("register_tokens", 1, registers, d)),
            null);
    List<PositionRule> positions = List.of(rotation.rule(weights));
    List<EncoderLayer> stack =
        IntStream.range(0, config.size("num_hidden_layers", 12))
            .mapToObj(i -> named.under("layer." + i + "."))
            .map(layer -> layers.layer(spec, gated ? GATED : NAMES, positions, layer))
            .toList();
    LayerNorm norm = weights.layerNorm("norm", d, spec.epsilon());
    return new Transformer(d, embedding::embed, stack, norm::apply, new Pooling.FirstTokens(1));
  }

  private static int registers(EncoderConfig config) {
    String key = "num_register_tokens";
    return config.number(key, 0) == 0 ? 0 : config.size(key);
  }

  /** Names of what has no bias. */
  private static Set<String> unbiased(EncoderConfig config) {
    Set<String> names = new HashSet<>();
    if (!config.flag("query_bias", true)) {
      names.add(NAMES.query());
    }
    if (!config.flag("key_bias", false)) {
      names.add(NAMES.key());
    }
    if (!config.flag("value_bias", true)) {
      names.add(NAMES.value());
    }
    if (!config.flag("proj_bias", true)) {
      names.add(NAMES.output());
    }
    if (!config.flag("mlp_bias", true)) {
      names.addAll(List.of(NAMES.mlpIn(), NAMES.mlpOut(), GATED.mlpGate()));
    }
    return names;
  }
}
