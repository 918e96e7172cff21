package org.pmf4j.modalities.text;

import org.pmf4j.api.encoder.EncoderConfig;

/**
 * What an encoder's {@code model_type} says about its inputs, beyond what its files say.
 *
 * @param reserved rows of its position table that stand before the first position
 * @param padding the id of its padding token where config.json does not say
 * @param tokenTypes whether its tokenizer gives {@code token_type_ids} where tokenizer_config.json
 *     does not say
 */
record ModelInputs(int reserved, int padding, boolean tokenTypes) {

  static ModelInputs of(EncoderConfig encoder) {
    return switch (encoder.text("model_type", "bert")) {
      case "roberta", "xlm-roberta" -> {
        int padding = (int) encoder.number("pad_token_id", 1);
        yield new ModelInputs(padding + 1, padding, false);
      }
      case "mpnet" -> new ModelInputs(2, 1, false);
      case "distilbert" -> new ModelInputs(0, 0, false);
      case "modernbert" -> new ModelInputs(0, 50283, false);
      default -> new ModelInputs(0, 0, true);
    };
  }
}
