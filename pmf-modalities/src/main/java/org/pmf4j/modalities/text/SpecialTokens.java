package org.pmf4j.modalities.text;

import java.util.Map;
import org.pmf4j.api.encoder.EncoderConfig;

/** Special tokens as tokenizer_config.json spells them: a string, or an object with its content. */
final class SpecialTokens {
  private SpecialTokens() {}

  /** The spelling under a key such as {@code pad_token}. */
  static String spelling(EncoderConfig config, String key, String otherwise) {
    if (config.values().get(key) instanceof Map<?, ?>) {
      return config.object(key).orElseThrow().text("content", otherwise);
    }
    return config.text(key, otherwise);
  }
}
