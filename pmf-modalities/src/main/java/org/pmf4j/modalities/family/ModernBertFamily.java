package org.pmf4j.modalities.family;

import java.util.ArrayList;
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

/**
 * ModernBERT (Warner et al., 2024): no positions in the embedding but rotary ones in attention,
 * which is global in every few layers and local in the others; pre-norm layers with gated
 * feed-forward networks, without biases; a final norm. The pooled vector is the CLS state, or the
 * mean of all tokens where {@code classifier_pooling} says so. Immutable, so that any number of
 * threads may share it.
 */
public final class ModernBertFamily implements EncoderFamily {
  private static final TransformerSpec.Names NAMES =
      new TransformerSpec.Names(
          "attn.Wqkv",
          "attn.Wqkv",
          "attn.Wqkv",
          "attn.Wo",
          "mlp.Wi",
          "mlp.Wo",
          "attn_norm",
          "mlp_norm");

  private static final FamilyConfig.Keys KEYS =
      new FamilyConfig.Keys(
          "hidden_size",
          "num_attention_heads",
          "intermediate_size",
          "hidden_activation",
          "norm_eps");

  private static final Map<String, Object> DEFAULTS =
      Map.of(
          "vocab_size",
          50368,
          "intermediate_size",
          1152,
          "num_hidden_layers",
          22,
          "max_position_embeddings",
          8192);

  private static final IgnoredWeights LEFTOVERS =
      IgnoredWeights.of("model.", "head.", "decoder.", "classifier.", "qa_outputs.");

  @Override
  public String modelType() {
    return "modernbert";
  }

  @Override
  public String modality() {
    return "text";
  }

  @Override
  public String prefix() {
    return "model.";
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
    RopeBases bases = RopeBases.of(given);
    TransformerSpec plain = FamilyConfig.transformer(config, KEYS, 1e-5, TransformerSpec.Norm.PRE);
    TransformerSpec spec = plain.gated(plain.mlpWidth(), plain.activation());
    if (spec.headWidth() % 2 != 0) {
      throw config.wrong("hidden_size", "such that heads have an even width", spec.width());
    }
    Pooling pooling = pooling(config);
    List<Boolean> areGlobal = LayerKinds.areGlobal(config);
    int reach = LayerKinds.reach(config);
    RotaryTables tables = new RotaryTables(config, spec.headWidth(), weights);
    Weights named = new UnbiasedWeights(weights, unbiased(config));
    Weights embeddings = named.under("embeddings.");
    TokenEmbedding embedding =
        TokenEmbedding.of(
                embeddings.get("tok_embeddings.weight", config.size("vocab_size"), spec.width()))
            .withNorm(embeddings.layerNorm("norm", spec.width(), spec.epsilon()));
    List<PositionRule> global = List.of(tables.rotary(bases.global()));
    List<PositionRule> local = List.of(tables.rotary(bases.local()), tables.window(reach));
    List<EncoderLayer> stack =
        IntStream.range(0, areGlobal.size())
            .mapToObj(
                i ->
                    layers.layer(
                        spec,
                        i == 0 ? NAMES.withoutAttentionNorm() : NAMES,
                        areGlobal.get(i) ? global : local,
                        named.under("layers." + i + ".")))
            .toList();
    LayerNorm norm = named.layerNorm("final_norm", spec.width(), spec.epsilon());
    return new Transformer(spec.width(), embedding::embed, stack, norm::apply, pooling);
  }

  private static Pooling pooling(EncoderConfig config) {
    return switch (config.text("classifier_pooling", "cls")) {
      case "cls" -> new Pooling.FirstTokens(1);
      case "mean" -> new Pooling.MeanOfTokens();
      default ->
          throw config.wrong(
              "classifier_pooling", "\"cls\" or \"mean\"", config.text("classifier_pooling", ""));
    };
  }

  /** Names of what has no bias, which the configuration says for each kind of part. */
  private static Set<String> unbiased(EncoderConfig config) {
    List<String> names = new ArrayList<>();
    if (!config.flag("attention_bias", false)) {
      names.addAll(List.of(NAMES.query(), NAMES.output()));
    }
    if (!config.flag("mlp_bias", false)) {
      names.addAll(List.of(NAMES.mlpIn(), NAMES.mlpOut()));
    }
    if (!config.flag("norm_bias", false)) {
      names.addAll(List.of(NAMES.attentionNorm(), NAMES.mlpNorm(), "norm", "final_norm"));
    }
    return Set.copyOf(names);
  }
}
