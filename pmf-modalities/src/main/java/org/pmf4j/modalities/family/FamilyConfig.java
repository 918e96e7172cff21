package org.pmf4j.modalities.family;

import java.util.List;
import java.util.Map;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.nn.Activation;

/** What the configurations of all transformer families share, and the checks that go with it. */
final class FamilyConfig {
  private FamilyConfig() {}

  /**
   * The keys that BERT and its relatives share, with the defaults of Hugging Face transformers.
   *
   * @param norm where the family's norms stand
   */
  static TransformerSpec transformer(EncoderConfig config, TransformerSpec.Norm norm) {
    refuse(
        config, "quantization_config", "quantized weights are not read; save the model in float");
    refuse(config, "pruned_heads", "pruned attention heads are not supported");
    int width = config.size("hidden_size", 768);
    int heads = config.size("num_attention_heads", 12);
    if (width % heads != 0) {
      throw config.wrong("hidden_size", "a multiple of num_attention_heads " + heads, width);
    }
    double epsilon = config.number("layer_norm_eps", 1e-12);
    if (!(epsilon > 0)) {
      throw config.wrong("layer_norm_eps", "above 0", epsilon);
    }
    int mlpWidth = config.size("intermediate_size", 3072);
    return new TransformerSpec(width, heads, mlpWidth, activation(config), norm, epsilon);
  }

  private static Activation activation(EncoderConfig config) {
    String name = config.text("hidden_act", "gelu");
    try {
      return Activation.named(name);
    } catch (PmfException e) {
      throw PmfException.input(config.source() + ": \"hidden_act\": " + e.getMessage(), e);
    }
  }

  /** Refuses a key that is there, not null and not empty. */
  static void refuse(EncoderConfig config, String key, String reason) {
    Object v = config.values().get(key);
    boolean empty =
        v == null
            || v instanceof Map<?, ?> m && m.isEmpty()
            || v instanceof List<?> l && l.isEmpty();
    if (!empty) {
      throw PmfException.input(config.source() + ": \"" + key + "\": " + reason);
    }
  }

  /** Refuses a flag that is true. */
  static void refuseFlag(EncoderConfig config, String key, String reason) {
    if (config.flag(key, false)) {
      throw PmfException.input(config.source() + ": \"" + key + "\" is true: " + reason);
    }
  }

  /** A height and a width: one number for both, or a list [height, width]. */
  static int[] heightAndWidth(EncoderConfig config, String key, int otherwise) {
    if (!(config.values().get(key) instanceof List<?> list)) {
      int side = config.size(key, otherwise);
      return new int[] {side, side};
    }
    int[] sides = new int[2];
    for (int i = 0; i < 2; i++) {
      boolean fits = list.size() == 2 && list.get(i) instanceof Integer side && side > 0;
      if (!fits) {
        throw config.wrong(key, "a whole number above 0 or a list [height, width]", list);
      }
      sides[i] = (Integer) list.get(i);
    }
    return sides;
  }
}
