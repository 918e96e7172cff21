package org.pmf4j.modalities.text;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.error.PmfException;

/**
 * The most tokens of one text, special ones included.
 *
 * @param encoder its config.json
 * @param file its tokenizer
 * @param positions the most tokens that the encoder takes
 */
record LongestText(EncoderConfig encoder, TokenizerFile file, int positions) {

  /**
   * What was chosen, as a number.
   *
   * @param sentences what the files of sentence-transformers say
   * @throws PmfException if there would be no room for a word, or more than the encoder takes
   */
  int of(MaxLength chosen, SentenceSettings sentences) {
    if (chosen instanceof MaxLength.AtMost number) {
      return chosen(number.tokens());
    }
    if (chosen instanceof MaxLength.Longest) {
      return room(file.settings(), limitKey(), limit());
    }
    return stated(sentences);
  }

  /**
   * sentence-transformers gives its tokenizer max_seq_length, which goes before model_max_length,
   * and never asks for the truncation of tokenizer.json: that is what the last call before saving
   * set, of whatever length. Of other encoders that bound counts, too.
   */
  private int stated(SentenceSettings sentences) {
    Optional<EncoderConfig> sentence = sentences.stating(SentenceSettings.MAX_LENGTH);
    if (sentence.isPresent()) {
      int length = Math.min(positions, sentence.get().size(SentenceSettings.MAX_LENGTH));
      return room(sentence.get(), SentenceSettings.MAX_LENGTH, length);
    }
    Optional<Truncation> truncation = sentences.isThere() ? Optional.empty() : Truncation.of(file);
    if (truncation.isPresent() && truncation.get().maxLength() < limit()) {
      EncoderConfig json = new EncoderConfig(file.source(), Map.of());
      return room(json, Truncation.LENGTH_KEY, truncation.get().maxLength());
    }
    return room(file.settings(), limitKey(), limit());
  }

  private String limitKey() {
    return file.settings().has("model_max_length") ? "model_max_length" : "max_len";
  }

  private int limit() {
    return (int) Math.min(file.settings().limit(limitKey(), positions), positions);
  }

  private int room(EncoderConfig source, String key, int length) {
    int around = file.tokenizer().around();
    if (length <= around) {
      throw source.wrong(key, (around + 1) + " tokens or more", length);
    }
    return length;
  }

  private int chosen(int tokens) {
    int least = file.tokenizer().around() + 1;
    if (tokens < least || tokens > positions) {
      throw PmfException.usage(
          String.format(
              Locale.ROOT,
              "%s must be %d to %d for the encoder of %s, got %d",
              MaxLength.NAME,
              least,
              positions,
              encoder.source(),
              tokens));
    }
    return tokens;
  }
}
