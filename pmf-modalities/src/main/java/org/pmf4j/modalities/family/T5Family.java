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
import org.pmf4j.api.encoder.PositionRule;
import org.pmf4j.api.encoder.TransformerLayers;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.encoder.UnbiasedWeights;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.nn.Activation;

/**
 * The encoder of T5 (Raffel et al., 2020), of the first release and of 1.1: no positions in the
 * embedding but a bias by distance that all layers share, pre-norm layers with RMSNorm, without
 * biases and with unscaled scores, a final norm. The pooled vector is the mean of all tokens, as of
 * Sentence-T5. Immutable, so that any number of threads may share it.
 */
public final class T5Family implements EncoderFamily {
  private static final String ATTENTION = "layer.0.SelfAttention.";
  private static final String MLP = "layer.1.DenseReluDense.";

  private static final TransformerSpec.Names NAMES =
      new TransformerSpec.Names(
          ATTENTION + "q",
          ATTENTION + "k",
          ATTENTION + "v",
          ATTENTION + "o",
          MLP + "wi",
          MLP + "wo",
          "layer.0.layer_norm",
          "layer.1.layer_norm");

  private static final TransformerSpec.Names GATED_NAMES =
      new TransformerSpec.Names(
              NAMES.query(),
              NAMES.key(),
              NAMES.value(),
              NAMES.output(),
              MLP + "wi_1",
              NAMES.mlpOut(),
              NAMES.attentionNorm(),
              NAMES.mlpNorm())
          .gatedBy(MLP + "wi_0");

  private static final Set<String> UNBIASED =
      Set.of(
          NAMES.query(),
          NAMES.key(),
          NAMES.value(),
          NAMES.output(),
          NAMES.mlpIn(),
          GATED_NAMES.mlpGate(),
          GATED_NAMES.mlpIn(),
          NAMES.mlpOut());

  private static final Map<String, String> OTHER_NAMES =
      Map.of(
          "hidden_size", "d_model",
          "num_attention_heads", "num_heads",
          "num_hidden_layers", "num_layers",
          "head_dim", "d_kv");

  private static final IgnoredWeights LEFTOVERS =
      IgnoredWeights.of(
          "transformer.",
          "decoder.",
          "lm_head.",
          "shared.",
          "encoder.embed_tokens.",
          "classification_head.",
          "classifier.",
          "qa_outputs.");

  /** How long texts may be where nothing is said: T5's distances have no end. */
  private static final int LONGEST = 512;

  @Override
  public String modelType() {
    return "t5";
  }

  @Override
  public String modality() {
    return "text";
  }

  @Override
  public String prefix() {
    return "transformer.";
  }

  @Override
  public boolean ignores(String name) {
    return LEFTOVERS.has(name);
  }

  @Override
  public Optional<EncoderShape> shape(EncoderConfig config) {
    EncoderConfig own = FamilyConfig.withOwnNames(config, OTHER_NAMES);
    return Optional.of(new EncoderShape(own.size("d_model", 512), own.size("num_layers", 6)));
  }

  @Override
  public Encoder build(EncoderConfig given, Weights weights, TransformerLayers layers) {
    EncoderConfig config = FamilyConfig.withOwnNames(given, OTHER_NAMES);
    TransformerSpec spec = spec(config);
    TransformerSpec.Names names = spec.mlp() == TransformerSpec.Mlp.GATED ? GATED_NAMES : NAMES;
    DistanceBuckets buckets =
        DistanceBuckets.of(
            config,
            "relative_attention_num_buckets",
            DistanceBuckets.USUAL.count(),
            "relative_attention_max_distance",
            DistanceBuckets.USUAL.farthest());
    int longest = config.size("n_positions", LONGEST);
    DistanceBuckets.demandModest(config, "n_positions", longest);
    int vocabulary = config.size("vocab_size", 32_128);
    String words = weights.has("shared.weight") ? "shared.weight" : "encoder.embed_tokens.weight";
    TokenEmbedding embedding = TokenEmbedding.of(weights.get(words, vocabulary, spec.width()));
    Weights encoder = new UnbiasedWeights(weights, UNBIASED).under("encoder.");
    String table = "block.0." + ATTENTION + "relative_attention_bias.weight";
    PositionRule bias =
        buckets.bias(encoder.get(table, buckets.count(), spec.heads()), longest, encoder);
    List<EncoderLayer> stack =
        IntStream.range(0, config.size("num_layers", 6))
            .mapToObj(i -> encoder.under("block." + i + "."))
            .map(w -> layers.layer(spec, names, List.of(bias), w))
            .toList();
    return new Transformer(
        spec.width(),
        embedding::embed,
        stack,
        encoder.rmsNorm("final_layer_norm", spec.width(), spec.epsilon())::apply,
        new Pooling.MeanOfTokens());
  }

  private static TransformerSpec spec(EncoderConfig config) {
    FeedForwardKind kind = FeedForwardKind.of(config);
    double epsilon = config.number("layer_norm_epsilon", 1e-6);
    if (!(epsilon > 0)) {
      throw config.wrong("layer_norm_epsilon", "above 0", epsilon);
    }
    int heads = config.size("num_heads", 8);
    return new TransformerSpec(
        config.size("d_model", 512),
        heads,
        config.size("d_ff", 2048),
        kind.activation(),
        kind.gated() ? TransformerSpec.Mlp.GATED : TransformerSpec.Mlp.PLAIN,
        TransformerSpec.Norm.PRE,
        epsilon,
        TransformerSpec.NormKind.RMS_NORM,
        heads,
        config.size("d_kv", 64),
        1);
  }

  /** {@code relu}, or {@code gated-gelu}, of which the GELU is the approximate one. */
  private record FeedForwardKind(boolean gated, Activation activation) {
    private static final String KEY = "feed_forward_proj";
    private static final String GATED = "gated-";

    static FeedForwardKind of(EncoderConfig config) {
      String kind = config.text(KEY, "relu");
      boolean gated = kind.startsWith(GATED);
      String plain = gated ? kind.substring(GATED.length()) : kind;
      String name = kind.equals("gated-gelu") ? "gelu_new" : plain;
      if (!config.text("dense_act_fn", name).equals(name)) {
        throw config.wrong(
            "dense_act_fn", name + ", as " + KEY + " says", config.text("dense_act_fn", ""));
      }
      if (config.flag("is_gated_act", gated) != gated) {
        throw config.wrong("is_gated_act", gated + ", as " + KEY + " says", !gated);
      }
      EncoderConfig named = FamilyConfig.withDefaults(config, Map.of("dense_act_fn", name));
      return new FeedForwardKind(gated, FamilyConfig.activation(named, "dense_act_fn"));
    }
  }
}
