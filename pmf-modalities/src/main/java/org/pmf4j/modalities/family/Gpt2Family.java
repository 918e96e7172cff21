package org.pmf4j.modalities.family;

import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.pmf4j.api.encoder.TransposedWeights;
import org.pmf4j.api.encoder.Weights;

/**
 * GPT-2 (Radford et al., 2019) as an encoder of texts: learned positions, causal pre-norm layers
 * whose linear weights are stored [in, out], a final norm. The pooled vector is the state of the
 * last token. Immutable, so that any number of threads may share it.
 */
public final class Gpt2Family implements EncoderFamily {
  private static final FamilyConfig.Keys KEYS =
      new FamilyConfig.Keys(
          "n_embd", "n_head", "n_inner", "activation_function", "layer_norm_epsilon");

  private static final Map<String, String> OTHER_NAMES =
      Map.of(
          "hidden_size", "n_embd",
          "num_attention_heads", "n_head",
          "num_hidden_layers", "n_layer",
          "max_position_embeddings", "n_positions");

  private static final TransformerSpec.Names NAMES =
      new TransformerSpec.Names(
          "attn.c_attn",
          "attn.c_attn",
          "attn.c_attn",
          "attn.c_proj",
          "mlp.c_fc",
          "mlp.c_proj",
          "ln_1",
          "ln_2");

  private static final IgnoredWeights LEFTOVERS =
      IgnoredWeights.of(
          "transformer.",
          "lm_head.",
          "score.",
          "classifier.",
          "qa_outputs.",
          "multiple_choice_head.");

  @Override
  public String modelType() {
    return "gpt2";
  }

  @Override
  public String modality() {
    return "text";
  }

  @Override
  public String prefix() {
    return "transformer.";
  }

  /** Old files hold the causal mask of each layer, too. */
  @Override
  public boolean ignores(String name) {
    return LEFTOVERS.has(name) || name.endsWith(".attn.bias") || name.endsWith(".attn.masked_bias");
  }

  @Override
  public Optional<EncoderShape> shape(EncoderConfig config) {
    EncoderConfig own = FamilyConfig.withOwnNames(config, OTHER_NAMES);
    return Optional.of(new EncoderShape(own.size("n_embd", 768), own.size("n_layer", 12)));
  }

  @Override
  public Encoder build(EncoderConfig given, Weights weights, TransformerLayers layers) {
    EncoderConfig own = FamilyConfig.withOwnNames(given, OTHER_NAMES);
    int d = own.size("n_embd", 768);
    EncoderConfig config =
        FamilyConfig.withDefaults(own, Map.of("n_inner", 4 * d, "activation_function", "gelu_new"));
    TransformerSpec spec = FamilyConfig.transformer(config, KEYS, 1e-5, TransformerSpec.Norm.PRE);
    int longest = config.size("n_positions", 1024);
    TokenEmbedding embedding =
        TokenEmbedding.of(
            weights.get("wte.weight", config.size("vocab_size", 50_257), d),
            weights.get("wpe.weight", longest, d));
    PositionRule causal = new PositionRule.Causal(Places.table(longest, weights));
    Weights transposed = new TransposedWeights(weights);
    List<EncoderLayer> stack =
        IntStream.range(0, config.size("n_layer", 12))
            .mapToObj(
                i ->
                    layers.layer(
                        spec.withSoftmaxScale(scale(config, spec, i)),
                        NAMES,
                        List.of(causal),
                        transposed.under("h." + i + ".")))
            .toList();
    return new Transformer(
        d,
        embedding::embed,
        stack,
        weights.layerNorm("ln_f", d, spec.epsilon())::apply,
        new Pooling.LastToken());
  }

  /** What the scores of layer {@code i} are multiplied by. */
  private static double scale(EncoderConfig config, TransformerSpec spec, int i) {
    double usual = config.flag("scale_attn_weights", true) ? spec.softmaxScale() : 1;
    return config.flag("scale_attn_by_inverse_layer_idx", false) ? usual / (i + 1) : usual;
  }
}
