package org.pmf4j.modalities.family;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.PositionRule;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.nn.LayerNorm;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Tensor;

/**
 * What DeBERTa's attention makes of distances: a vector for each kind, of which there are {@code
 * position_buckets} to each side, small distances each by itself and larger ones in steps that grow
 * logarithmically; or one for each distance.
 *
 * @param config with the family's defaults
 */
record DebertaDistances(EncoderConfig config) {
  private static final String TYPES = "pos_att_type";
  private static final String LONGEST = "max_position_embeddings";

  /** Far beyond what attention of all tokens to all takes. */
  private static final int MOST_TOKENS = 1 << 20;

  /** What the scores are multiplied by: they are sums of as many products. */
  double softmaxScale(int headWidth) {
    long products = 1 + Arrays.asList("c2p", "p2c").stream().filter(types()::contains).count();
    return 1 / Math.sqrt((double) headWidth * products);
  }

  /**
   * The rule of one layer, or none.
   *
   * @param encoder the weights that all layers share
   * @param layer the weights of its attention
   */
  List<PositionRule> rules(TransformerSpec spec, Weights encoder, Weights layer) {
    boolean byKey = types().contains("c2p");
    boolean byQuery = types().contains("p2c");
    if (!config.flag("relative_attention", false) || !(byKey || byQuery)) {
      return List.of();
    }
    int d = spec.width();
    int span = span();
    boolean shared = config.flag("share_att_key", false);
    String key = shared ? "key_proj" : "pos_key_proj";
    String query = shared ? "query_proj" : "pos_query_proj";
    Linear keys = byKey ? layer.linear(key, d, d) : null;
    Linear queries = byQuery ? layer.linear(query, d, d) : null;
    String norms = config.text("norm_rel_ebd", "none").toLowerCase(Locale.ROOT);
    boolean normed =
        Arrays.stream(norms.split("\\|")).map(String::strip).anyMatch("layer_norm"::equals);
    LayerNorm norm = normed ? encoder.layerNorm("LayerNorm", d, spec.epsilon()) : null;
    Tensor table = encoder.get("rel_embeddings.weight", 2L * span, d);
    return List.of(
        new PositionRule.DisentangledBias(
            table, norm, keys, queries, kinds(encoder, span, -1), kinds(encoder, span, 1)));
  }

  private List<String> types() {
    Object types = config.values().get(TYPES);
    if (types == null) {
      return List.of();
    }
    if (types instanceof String text) {
      return Arrays.stream(text.toLowerCase(Locale.ROOT).split("\\|")).map(String::strip).toList();
    }
    if (types instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
      return list.stream().map(String.class::cast).toList();
    }
    throw config.wrong(TYPES, "a list of \"c2p\" and \"p2c\"", types);
  }

  /** How long texts may be. */
  int longest() {
    int longest = config.size(LONGEST);
    if (longest > MOST_TOKENS) {
      throw config.wrong(LONGEST, "at most " + MOST_TOKENS, longest);
    }
    return longest;
  }

  /** How far distances are told apart, where no limit is set as far as texts are long. */
  private int farthest() {
    double limit = config.number("max_relative_positions", -1);
    return limit < 1 ? longest() : config.size("max_relative_positions");
  }

  private int span() {
    double buckets = config.number("position_buckets", -1);
    return buckets > 0 ? config.size("position_buckets") : farthest();
  }

  /** The kinds of all distances, upwards or downwards, [2L − 1]. */
  private Tensor kinds(Weights encoder, int span, int direction) {
    int longest = longest();
    long[] kinds = new long[2 * longest - 1];
    for (int at = 0; at < kinds.length; at++) {
      int distance = direction * (at - longest + 1);
      kinds[at] = Math.max(0, Math.min(2 * span - 1, bucket(distance) + span));
    }
    String name = direction > 0 ? "distance kinds upwards" : "distance kinds downwards";
    return encoder.constant(name, HostTensor.of(kinds, kinds.length));
  }

  /** Single precision, step by step as the reference computes it: it decides at the limits. */
  private int bucket(int distance) {
    int buckets = config.number("position_buckets", -1) > 0 ? span() : 0;
    int middle = buckets / 2;
    int size = Math.abs(distance);
    if (buckets == 0 || size <= middle) {
      return distance;
    }
    float log = (float) Math.log((float) size / middle);
    float whole = (float) Math.log((float) ((farthest() - 1) / (double) middle));
    int step = (int) (Math.ceil(log / whole * (middle - 1)) + middle);
    return distance < 0 ? -step : step;
  }
}
