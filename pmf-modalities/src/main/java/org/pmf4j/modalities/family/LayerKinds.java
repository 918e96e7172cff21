package org.pmf4j.modalities.family;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.pmf4j.api.encoder.EncoderConfig;

/**
 * Which layers see the whole text: a list of kinds, as newer releases of transformers write it, or
 * what follows from a family's own settings.
 */
final class LayerKinds {
  static final String GLOBAL = "full_attention";
  static final String LOCAL = "sliding_attention";

  private static final String KEY = "layer_types";

  private LayerKinds() {}

  /** For each of ModernBERT's layers, whether it sees the whole text. */
  static List<Boolean> areGlobal(EncoderConfig config) {
    int every = config.size("global_attn_every_n_layers", 3);
    return areGlobal(config, i -> i % every == 0);
  }

  /**
   * For each layer, whether it sees the whole text.
   *
   * @param otherwise of layer i, where there is no list
   */
  static List<Boolean> areGlobal(EncoderConfig config, IntPredicate otherwise) {
    int depth = config.size("num_hidden_layers");
    if (!config.has(KEY)) {
      return IntStream.range(0, depth).mapToObj(otherwise::test).toList();
    }
    Object kinds = config.values().get(KEY);
    boolean fits =
        kinds instanceof List<?> list
            && list.size() == depth
            && list.stream().allMatch(k -> GLOBAL.equals(k) || LOCAL.equals(k));
    if (!fits) {
      throw config.wrong(
          KEY,
          "a list of \""
              + GLOBAL
              + "\" and \""
              + LOCAL
              + "\", one for each of "
              + depth
              + " layers",
          kinds);
    }
    return ((List<?>) kinds).stream().map(GLOBAL::equals).toList();
  }

  /** How many tokens to each side the other layers of ModernBERT see. */
  static int reach(EncoderConfig config) {
    int half = config.size("local_attention", 128) / 2;
    int reach = config.size("sliding_window", Math.max(1, half));
    if (config.has("sliding_window") && config.has("local_attention") && reach != half) {
      throw config.wrong("sliding_window", "half of local_attention, " + half, reach);
    }
    return config.has("sliding_window") ? reach : half;
  }
}
