package org.pmf4j.modalities.text;

import org.pmf4j.api.encoder.EncoderConfig;

/**
 * What an encoder's {@code model_type} says about its inputs, beyond what its files say.
 *
 * @param positions the most tokens that it takes
 * @param padding the id of its padding token where config.json does not say
 * @param tokenTypes whether its tokenizer gives {@code token_type_ids} where tokenizer_config.json
 *     does not say
 */
record ModelInputs(int positions, int padding, boolean tokenTypes) {
  private static final String POSITIONS = "max_position_embeddings";

  static ModelInputs of(EncoderConfig encoder) {
    int positions = encoder.size(POSITIONS, 512);
    return switch (encoder.text("model_type", "bert")) {
      case "roberta", "xlm-roberta" -> {
        int padding = (int) encoder.number("pad_token_id", 1);
        yield new ModelInputs(positions - padding - 1, padding, false);
      }
      case "mpnet" -> new ModelInputs(positions - 2, 1, false);
      case "distilbert" -> new ModelInputs(positions, 0, false);
      case "modernbert" -> new ModelInputs(positions, 50283, false);
      case "llama" -> new ModelInputs(encoder.size(POSITIONS, 2048), 0, false);
      case "mistral" -> new ModelInputs(encoder.size(POSITIONS, 131_072), 0, false);
      case "qwen2", "qwen3" -> new ModelInputs(encoder.size(POSITIONS, 32_768), 0, false);
      case "t5" -> new ModelInputs(encoder.size("n_positions", 512), 0, false);
      case "clip_text_model" -> new ModelInputs(encoder.size(POSITIONS, 77), 1, false);
      case "siglip_text_model" -> new ModelInputs(encoder.size(POSITIONS, 64), 1, false);
      case "deberta-v2" -> new ModelInputs(positions, 0, true);
      case "gpt2" ->
          new ModelInputs(encoder.size("n_positions", encoder.size(POSITIONS, 1024)), 0, false);
      default -> new ModelInputs(positions, 0, true);
    };
  }

  /**
   * Whether every text is filled up to the most tokens with padding that counts as text: SigLIP was
   * trained so, and reads its vector there.
   */
  static boolean fillUp(EncoderConfig encoder) {
    return encoder.text("model_type", "").equals("siglip_text_model");
  }
}
