package org.pmf4j.modalities.text;

import java.util.Locale;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.modalities.text.tokenizer.Tokenizer;

/**
 * What is set before each text. Immutable.
 *
 * @param text empty for none
 * @param tokens how many tokens it has, with those of the tokenizer before it: of all that the
 *     tokenizer makes of it alone but a special token at the end, as sentence-transformers counts
 */
record Prompt(String text, int tokens) {
  /**
   * A prompt of some text.
   *
   * @throws PmfException if it leaves no room for a text behind it
   */
  static Prompt of(String text, Tokenizer tokenizer, TextLimits limits) {
    if (text.isEmpty()) {
      return new Prompt(text, 0);
    }
    int[] ids = tokenizer.encode(text, limits.longest(), limits.fromLeft()).ids();
    if (ids.length >= limits.longest()) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "the prompt %s has as many tokens as a text may have, %d; choose a greater max-length,"
                  + " or prompt=none",
              Quote.value(text),
              limits.longest()));
    }
    boolean ends = ids.length > 0 && tokenizer.specialIds().contains(ids[ids.length - 1]);
    return new Prompt(text, ids.length - (ends ? 1 : 0));
  }
}
