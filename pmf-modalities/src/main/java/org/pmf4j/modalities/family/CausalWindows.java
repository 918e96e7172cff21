package org.pmf4j.modalities.family;

import java.util.Collections;
import java.util.List;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.PositionRule;
import org.pmf4j.api.tensor.Tensor;

/**
 * How far back the layers of LLaMA's relatives see: all of LLaMA's see the whole text before a
 * token, all of Mistral's {@code sliding_window} tokens of it where that is set, and of Qwen's as
 * {@code use_sliding_window}, {@code layer_types} or {@code max_window_layers} say.
 *
 * @param lengths by layer, in tokens; 0 where it sees the whole text
 */
record CausalWindows(List<Integer> lengths) {
  private static final String LENGTH = "sliding_window";

  /**
   * What a configuration asks for.
   *
   * @param config with the family's defaults
   */
  static CausalWindows of(EncoderConfig config) {
    int depth = config.size("num_hidden_layers");
    int length = config.has(LENGTH) ? config.size(LENGTH) : 0;
    return switch (config.text("model_type", "")) {
      case "mistral" -> new CausalWindows(Collections.nCopies(depth, length));
      case "qwen2", "qwen3" -> {
        boolean slides = config.flag("use_sliding_window", false) && length > 0;
        double first = slides ? config.number("max_window_layers", 28) : depth;
        List<Boolean> global = LayerKinds.areGlobal(config, i -> i < first);
        if (!slides && global.contains(false)) {
          throw config.wrong(
              "use_sliding_window", "true, as layer_types has sliding_attention", false);
        }
        yield new CausalWindows(global.stream().map(whole -> whole ? 0 : length).toList());
      }
      default -> new CausalWindows(Collections.nCopies(depth, 0));
    };
  }

  /**
   * For each layer, what a token sees.
   *
   * @param places the numbers of positions
   */
  List<PositionRule> rules(Tensor places) {
    PositionRule whole = new PositionRule.Causal(places);
    return lengths.stream()
        .map(length -> length == 0 ? whole : new PositionRule.CausalWindow(length, places))
        .toList();
  }
}
