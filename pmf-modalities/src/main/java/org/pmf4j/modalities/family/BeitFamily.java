package org.pmf4j.modalities.family;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
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
 * BEiT (Bao et al., 2022): pre-norm layers with layer scale, whose attention has a bias by the
 * patches' distance, in each layer or shared by all, in place of learned positions or beside them.
 * The pooled vector is the mean of the patches after a norm of its own, or CLS after a final norm
 * where {@code use_mean_pooling} is false. Immutable, so that any number of threads may share it.
 */
public final class BeitFamily implements EncoderFamily {
  private static final TransformerSpec.Names NAMES = VitLayers.NAMES;
  private static final Set<String> UNBIASED = Set.of(NAMES.key());

  private static final IgnoredWeights LEFTOVERS =
      IgnoredWeights.of(
          "beit.",
          "pooler.",
          "layernorm.",
          "classifier.",
          "lm_head.",
          "decode_head.",
          "auxiliary_head.",
          "fpn",
          "embeddings.mask_token");

  @Override
  public String modelType() {
    return "beit";
  }

  @Override
  public String modality() {
    return "image";
  }

  @Override
  public boolean ignores(String name) {
    return LEFTOVERS.has(name) || name.endsWith(".relative_position_index");
  }

  @Override
  public Optional<EncoderShape> shape(EncoderConfig config) {
    return Optional.of(FamilyConfig.shape(config));
  }

  @Override
  public Encoder build(EncoderConfig config, Weights weights, TransformerLayers layers) {
    TransformerSpec spec = FamilyConfig.transformer(config, TransformerSpec.Norm.PRE);
    int d = spec.width();
    boolean learned = config.flag("use_absolute_position_embeddings", false);
    boolean mean = config.flag("use_mean_pooling", true);
    boolean scaled = config.number("layer_scale_init_value", 0.1) > 0;
    TransformerSpec.Names names = scaled ? NAMES.scaledBy("lambda_1", "lambda_2") : NAMES;
    PatchDistances distances = PatchDistances.of(config, spec, weights);
    Patches.Size size = Patches.Size.of(config, 224, 16);
    Weights w = weights.under("embeddings.");
    PatchEmbedding embedding =
        new PatchEmbedding(
            Patches.of(size, d, "patch_embeddings.projection", w),
            List.of(w.get("cls_token", 1, 1, d)),
            learned ? w.get("position_embeddings", 1, 1 + size.patches(), d) : null);
    List<EncoderLayer> stack =
        IntStream.range(0, config.size("num_hidden_layers", 12))
            .mapToObj(
                i -> {
                  Weights layer = weights.under("encoder.layer." + i + ".");
                  List<PositionRule> positions = distances.rules(layer);
                  return layers.layer(spec, names, positions, new UnbiasedWeights(layer, UNBIASED));
                })
            .toList();
    LayerNorm norm = weights.layerNorm(mean ? "pooler.layernorm" : "layernorm", d, spec.epsilon());
    return mean
        ? new Transformer(
            d,
            embedding::embed,
            stack,
            UnaryOperator.identity(),
            new ThenPooling(new MeanOfPatches(), norm::apply))
        : new Transformer(d, embedding::embed, stack, norm::apply, new Pooling.FirstTokens(1));
  }

  /** The mean of all tokens but CLS, which stands first. */
  private record MeanOfPatches() implements Pooling {
    @Override
    public Tensor rows(Tensor states) {
      return states;
    }

    @Override
    public Tensor pool(Tensor rows, Tensor mask) {
      return rows.slice(1, 1, -1).mean(1).reshape(Tensor.KEEP, rows.dim(2));
    }
  }
}
