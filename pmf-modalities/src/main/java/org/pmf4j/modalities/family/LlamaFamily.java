package org.pmf4j.modalities.family;

import java.util.ArrayList;
import java.util.HashMap;
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

/**
 * LLaMA (Touvron et al., 2023), Mistral (Jiang et al., 2023), Qwen2 and Qwen3 (Yang et al., 2024
 * and 2025) as encoders of texts: causal pre-norm layers with RMSNorm, rotary positions, grouped
 * queries and SwiGLU, and a final norm. The pooled vector is the state of the last token, as
 * embedding models of these families have it. Immutable, so that any number of threads may share
 * it.
 *
 * @param modelType {@code llama}, {@code mistral}, {@code qwen2} or {@code qwen3}
 */
public record LlamaFamily(String modelType) implements EncoderFamily {
  private static final TransformerSpec.Names NAMES =
      new TransformerSpec.Names(
              "self_attn.q_proj",
              "self_attn.k_proj",
              "self_attn.v_proj",
              "self_attn.o_proj",
              "mlp.up_proj",
              "mlp.down_proj",
              "input_layernorm",
              "post_attention_layernorm")
          .gatedBy("mlp.gate_proj");

  private static final FamilyConfig.Keys KEYS =
      new FamilyConfig.Keys(
          "hidden_size", "num_attention_heads", "intermediate_size", "hidden_act", "rms_norm_eps");

  private static final IgnoredWeights LEFTOVERS =
      IgnoredWeights.of("model.", "lm_head.", "score.", "classifier.", "qa_outputs.");

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
    return LEFTOVERS.has(name) || name.endsWith("rotary_emb.inv_freq");
  }

  @Override
  public Optional<EncoderShape> shape(EncoderConfig config) {
    return Optional.of(FamilyConfig.shape(withDefaults(config)));
  }

  @Override
  public Encoder build(EncoderConfig given, Weights weights, TransformerLayers layers) {
    EncoderConfig config = withDefaults(given);
    TransformerSpec plain = FamilyConfig.grouped(config, KEYS, 1e-6);
    if (plain.headWidth() % 2 != 0) {
      throw config.wrong("head_dim", "an even number", plain.headWidth());
    }
    RotaryFrequencies frequencies =
        RotaryFrequencies.of(config, RopeSettings.of(config), plain.headWidth());
    double sharper = frequencies.attentionFactor() * frequencies.attentionFactor();
    TransformerSpec spec =
        plain
            .gated(plain.mlpWidth(), plain.activation())
            .withNorms(TransformerSpec.NormKind.RMS_NORM)
            .withSoftmaxScale(sharper * plain.softmaxScale());
    CausalWindows windows = CausalWindows.of(config);
    RotaryTables tables = new RotaryTables(config, spec.headWidth(), weights);
    TokenEmbedding embedding =
        TokenEmbedding.of(
            weights.get("embed_tokens.weight", config.size("vocab_size"), spec.width()));
    PositionRule rotary = tables.rotary(frequencies);
    List<PositionRule> seen = windows.rules(tables.places());
    Weights named = new UnbiasedWeights(weights, unbiased(config));
    List<EncoderLayer> stack =
        IntStream.range(0, seen.size())
            .mapToObj(
                i ->
                    layers.layer(
                        spec,
                        names(),
                        List.of(rotary, seen.get(i)),
                        named.under("layers." + i + ".")))
            .toList();
    return new Transformer(
        spec.width(),
        embedding::embed,
        stack,
        weights.rmsNorm("norm", spec.width(), spec.epsilon())::apply,
        new Pooling.LastToken());
  }

  private TransformerSpec.Names names() {
    return modelType.equals("qwen3")
        ? NAMES.withHeadNorms("self_attn.q_norm", "self_attn.k_norm")
        : NAMES;
  }

  /** Names of what has no bias. */
  private Set<String> unbiased(EncoderConfig config) {
    List<String> attention = List.of(NAMES.query(), NAMES.key(), NAMES.value(), NAMES.output());
    List<String> mlp = List.of(NAMES.mlpGate(), NAMES.mlpIn(), NAMES.mlpOut());
    boolean llama = modelType.equals("llama");
    List<String> names = new ArrayList<>();
    if (modelType.equals("qwen2")) {
      names.add(NAMES.output());
    } else if (modelType.equals("mistral") || !config.flag("attention_bias", false)) {
      names.addAll(attention);
    }
    if (!llama || !config.flag("mlp_bias", false)) {
      names.addAll(mlp);
    }
    return Set.copyOf(names);
  }

  /** The defaults of each family's configuration in transformers. */
  private EncoderConfig withDefaults(EncoderConfig config) {
    boolean qwen = modelType.startsWith("qwen");
    Map<String, Object> defaults = new HashMap<>();
    defaults.put("model_type", modelType);
    defaults.put("vocab_size", qwen ? 151_936 : 32_000);
    defaults.put("hidden_size", 4096);
    defaults.put("intermediate_size", qwen ? 22_016 : 11_008);
    defaults.put("num_hidden_layers", 32);
    defaults.put("num_attention_heads", 32);
    defaults.put("hidden_act", "silu");
    defaults.put("max_position_embeddings", qwen ? 32_768 : 2048);
    if (modelType.equals("mistral")) {
      defaults.put("intermediate_size", 14_336);
      defaults.put("max_position_embeddings", 131_072);
    }
    if (modelType.equals("mistral") && !config.values().containsKey("num_key_value_heads")) {
      defaults.put("num_key_value_heads", 8);
    }
    if (!modelType.equals("llama") && !config.values().containsKey("sliding_window")) {
      defaults.put("sliding_window", 4096);
    }
    if (qwen && !config.values().containsKey("num_key_value_heads")) {
      defaults.put("num_key_value_heads", 32);
    }
    if (modelType.equals("qwen3")) {
      defaults.put("head_dim", 128);
    }
    return FamilyConfig.withDefaults(config, defaults);
  }
}
