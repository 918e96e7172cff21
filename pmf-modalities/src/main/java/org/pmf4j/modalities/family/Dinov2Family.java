package org.pmf4j.modalities.family;

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
import org.pmf4j.api.encoder.TransformerLayers;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.encoder.UnbiasedWeights;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.nn.Activation;
import org.pmf4j.api.nn.LayerNorm;

/**
 * DINOv2 (Oquab et al., 2023), with registers (Darcet et al., 2024) or without: pre-norm layers
 * with layer scale, plain or gated (SwiGLU) feed-forward networks, images of any size, a final
 * norm. The pooled vector is the CLS state after that norm; registers are not read. Immutable, so
 * that any number of threads may share it.
 */
public final class Dinov2Family implements EncoderFamily {
  private static final TransformerSpec.Names PLAIN = names("mlp.fc1", "mlp.fc2");
  private static final TransformerSpec.Names GATED = names("mlp.weights_in", "mlp.weights_out");
  private static final Set<String> QKV = Set.of(PLAIN.query(), PLAIN.key(), PLAIN.value());

  private static final Map<String, Object> DEFAULTS =
      Map.of("layer_norm_eps", 1e-6, "num_register_tokens", 4);

  /** Larger ones are no model's, and would overflow. */
  private static final int MOST_RATIO = 64;

  private final Kind kind;

  private Dinov2Family(Kind kind) {
    this.kind = kind;
  }

  /** What tells the two apart. */
  private enum Kind {
    PLAIN("dinov2", 14, CubicResampling.PLAIN),
    WITH_REGISTERS("dinov2_with_registers", 16, CubicResampling.ANTIALIASED);

    private final String modelType;
    private final int patchSize;
    private final CubicResampling resampling;

    Kind(String modelType, int patchSize, CubicResampling resampling) {
      this.modelType = modelType;
      this.patchSize = patchSize;
      this.resampling = resampling;
    }
  }

  /** The family {@code dinov2}. */
  public static Dinov2Family plain() {
    return new Dinov2Family(Kind.PLAIN);
  }

  /** The family {@code dinov2_with_registers}. */
  public static Dinov2Family withRegisters() {
    return new Dinov2Family(Kind.WITH_REGISTERS);
  }

  private static TransformerSpec.Names names(String mlpIn, String mlpOut) {
    return new TransformerSpec.Names(
            "attention.attention.query",
            "attention.attention.key",
            "attention.attention.value",
            "attention.output.dense",
            mlpIn,
            mlpOut,
            "norm1",
            "norm2")
        .scaledBy("layer_scale1.lambda1", "layer_scale2.lambda1");
  }

  @Override
  public String modelType() {
    return kind.modelType;
  }

  @Override
  public String modality() {
    return "image";
  }

  @Override
  public boolean ignores(String name) {
    return IgnoredWeights.of(prefix(), "classifier.", "embeddings.mask_token").has(name);
  }

  @Override
  public Optional<EncoderShape> shape(EncoderConfig config) {
    return Optional.of(FamilyConfig.shape(FamilyConfig.withDefaults(config, DEFAULTS)));
  }

  @Override
  public Encoder build(EncoderConfig given, Weights weights, TransformerLayers layers) {
    EncoderConfig config = FamilyConfig.withDefaults(given, DEFAULTS);
    boolean gated = config.flag("use_swiglu_ffn", false);
    TransformerSpec spec = spec(config, gated);
    boolean bias = config.flag("qkv_bias", true);
    Dinov2Embedding embedding = embedding(config, spec.width(), weights);
    List<EncoderLayer> stack =
        IntStream.range(0, config.size("num_hidden_layers", 12))
            .mapToObj(i -> weights.under("encoder.layer." + i + "."))
            .map(w -> bias ? w : new UnbiasedWeights(w, QKV))
            .map(w -> layers.layer(spec, gated ? GATED : PLAIN, w))
            .toList();
    LayerNorm norm = weights.layerNorm("layernorm", spec.width(), spec.epsilon());
    return new Transformer(
        spec.width(), embedding::embed, stack, norm::apply, new Pooling.FirstTokens(1));
  }

  /** The feed-forward network is a multiple of d wide; two thirds of that, rounded, if gated. */
  private static TransformerSpec spec(EncoderConfig config, boolean gated) {
    TransformerSpec s = FamilyConfig.transformer(config, TransformerSpec.Norm.PRE);
    double ratio = config.number("mlp_ratio", 4);
    int inner = (int) (s.width() * ratio);
    if (inner < 1 || ratio > MOST_RATIO) {
      throw config.wrong("mlp_ratio", "above 0, and at most " + MOST_RATIO, ratio);
    }
    return gated
        ? s.gated((inner * 2 / 3 + 7) / 8 * 8, Activation.SILU)
        : new TransformerSpec(s.width(), s.heads(), inner, s.activation(), s.norm(), s.epsilon());
  }

  private Dinov2Embedding embedding(EncoderConfig config, int d, Weights weights) {
    Patches.Size size = Patches.Size.of(config, 224, kind.patchSize);
    if (size.rows() != size.columns() || size.patchHeight() != size.patchWidth()) {
      throw config.wrong("image_size", "a square of square patches", size.imageHeight());
    }
    int registers = kind == Kind.WITH_REGISTERS ? config.size("num_register_tokens") : 0;
    Weights w = weights.under("embeddings.");
    return new Dinov2Embedding(
        Patches.of(size, d, "patch_embeddings.projection", w),
        w.get("cls_token", 1, 1, d),
        w.get("position_embeddings", 1, 1 + size.patches(), d),
        registers == 0 ? null : w.get("register_tokens", 1, registers, d),
        kind.resampling,
        weights);
  }
}
