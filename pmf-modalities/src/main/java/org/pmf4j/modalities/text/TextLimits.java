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
 * @param vocabulary the number of tokens that the encoder knows
 * @param fromLeft whether a text that is too long loses its beginning, not its end
 */
record TextLimits(int longest, int padding, boolean tokenTypes, boolean fromLeft, int vocabulary) {

  /**
   * Brings an encoder and its tokenizer together.
   *
   * @param encoder its config.json
   * @param chosen how long a text may be
   * @param sentences what the files of sentence-transformers say
   * @throws PmfException if they do not belong together
   */
  static TextLimits of(
      EncoderConfig encoder, TokenizerFile file, MaxLength chosen, SentenceSettings sentences) {
    int vocabulary = encoder.size("vocab_size", 30522);
    int largest = file.tokenizer().largestId();
    if (largest >= vocabulary) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: the tokenizer gives ids up to %d, but the encoder knows %d tokens (vocab_size in %s); use the tokenizer that belongs to this encoder",
              file.source(),
              largest,
              vocabulary,
              encoder.source()));
    }
    if (largest < 0) {
      throw PmfException.input(file.source() + ": the tokenizer has no vocabulary");
    }
    ModelInputs inputs = ModelInputs.of(encoder);
    int longest = new LongestText(encoder, file, inputs.positions()).of(chosen, sentences);
    int padding =
        file.padding().orElseGet(() -> (int) encoder.number("pad_token_id", inputs.padding()));
    if (padding < 0 || padding >= vocabulary) {
      // Files of decoders have -1 for none. What is filled up is masked, whatever its id.
      padding = inputs.padding();
    }
    Object names = file.settings().values().get("model_input_names");
    boolean types =
        names instanceof List<?> list ? list.contains("token_type_ids") : inputs.tokenTypes();
    return new TextLimits(longest, padding, types, file.fromLeft(), vocabulary);
  }

  /** Refuses ids of added tokens that the encoder has no row for. */
  void check(int[] ids, String source) {
    for (int id : ids) {
      if (id >= vocabulary) {
        throw PmfException.input(
            String.format(
                Locale.ROOT,
                "%s: a text has the added token with id %d, but the encoder knows %d tokens; give it the embeddings that were trained with these tokens",
                source,
                id,
                vocabulary));
      }
    }
  }
}
