package org.pmf4j.modalities.family;

import java.util.List;
import java.util.stream.IntStream;
import org.pmf4j.api.encoder.EncoderConfig;

/**
 * Which of ModernBERT's layers see the whole text: a list of kinds, as transformers 5 writes it, or
 * every n-th layer from the first on.
 */
final class LayerKinds {
  static final String GLOBAL = "full_attention";
  static final String LOCAL = "sliding_attention";

  private static final String KEY = "layer_types";

  private LayerKinds() {}

  /** For each layer, whether it sees the whole text. */
  static List<Boolean> areGlobal(EncoderConfig config) {
    int depth = config.size("num_hidden_layers");
    if (!config.has(KEY)) {
      int every = config.size("global_attn_every_n_layers", 3);
      return IntStream.range(0, depth).mapToObj(i -> i % every == 0).toList();
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

  /** How many tokens to each side the other layers see. */
  static int reach(EncoderConfig config) {
    int half = config.size("local_attention", 128) / 2;
    int reach = config.size("sliding_window", Math.max(1, half));
    if (config.has("sliding_window") && config.has("local_attention") && reach != half) {
      throw config.wrong("sliding_window", "half of local_attention, " + half, reach);
    }
    return config.has("sliding_window") ? reach : half;
  }
}
