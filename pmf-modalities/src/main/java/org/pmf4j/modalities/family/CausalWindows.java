package org.pmf4j.modalities.family;

import java.util.List;
import java.util.stream.Stream;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.PositionRule;
import org.pmf4j.api.tensor.Tensor;

/**
 * How far back the layers of LLaMA's relatives see: all of LLaMA's see the whole text before a
 * token, all of Mistral's {@code sliding_window} tokens of it where that is set, and of Qwen's as
 * {@code use_sliding_window}, {@code layer_types} or {@code max_window_layers} say.
 */
final class CausalWindows {
  private static final String LENGTH = "sliding_window";

  private CausalWindows() {}

  /**
   * For each layer, what a token sees.
   *
   * @param config with the family's defaults
   * @param places the numbers of positions
   */
  static List<PositionRule> of(EncoderConfig config, Tensor places) {
    PositionRule all = new PositionRule.Causal(places);
    int depth = config.size("num_hidden_layers");
    return switch (config.text("model_type", "")) {
      case "mistral" -> {
        PositionRule each = config.has(LENGTH) ? window(config, places) : all;
        yield Stream.generate(() -> each).limit(depth).toList();
      }
      case "qwen2", "qwen3" -> {
        boolean slides = config.flag("use_sliding_window", false) && config.has(LENGTH);
        double first = slides ? config.number("max_window_layers", 28) : depth;
        List<Boolean> global = LayerKinds.areGlobal(config, i -> i < first);
        if (!slides && global.contains(false)) {
          throw config.wrong(
              "use_sliding_window", "true, as layer_types has sliding_attention", false);
        }
        yield global.stream().map(g -> g ? all : window(config, places)).toList();
      }
      default -> Stream.generate(() -> all).limit(depth).toList();
    };
  }

  private static PositionRule window(EncoderConfig config, Tensor places) {
    return new PositionRule.CausalWindow(config.size(LENGTH), places);
  }
}
