package org.pmf4j.modalities.text;

import java.util.List;
import java.util.Locale;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.error.PmfException;

/**
 * What an encoder demands of its token ids.
 *
 * @param longest the most tokens of one text, special ones included
 * @param padding the id that fills up shorter texts of a batch
 * @param tokenTypes whether the encoder takes {@code token_type_ids}
 * @param fromLeft whether a text that is too long loses its beginning, not its end
 */
record TextLimits(int longest, int padding, boolean tokenTypes, boolean fromLeft) {

  /**
   * Brings an encoder and its tokenizer together.
   *
   * @param encoder its config.json
   * @throws PmfException if they do not belong together
   */
  static TextLimits of(EncoderConfig encoder, TokenizerFile tokenizer) {
    int vocabulary = encoder.size("vocab_size", 30522);
    int largest = tokenizer.largestId();
    if (largest >= vocabulary) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: the tokenizer gives ids up to %d, but the encoder knows %d tokens (vocab_size in %s); use the tokenizer that belongs to this encoder",
              tokenizer.source(),
              largest,
              vocabulary,
              encoder.source()));
    }
    ModelInputs inputs = ModelInputs.of(encoder);
    int positions = encoder.size("max_position_embeddings", 512) - inputs.reserved();
    double asked = tokenizer.settings().number("model_max_length", positions);
    int longest = (int) Math.min(asked, positions);
    if (longest < 3) {
      throw tokenizer.settings().wrong("model_max_length", "3 tokens or more", longest);
    }
    String pad = SpecialTokens.spelling(tokenizer.settings(), "pad_token", "[PAD]");
    int padding =
        tokenizer.id(pad).orElseGet(() -> (int) encoder.number("pad_token_id", inputs.padding()));
    Object names = tokenizer.settings().values().get("model_input_names");
    boolean types =
        names instanceof List<?> list ? list.contains("token_type_ids") : inputs.tokenTypes();
    return new TextLimits(longest, padding, types, false);
  }
}
