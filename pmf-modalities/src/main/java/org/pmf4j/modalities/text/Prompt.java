package org.pmf4j.modalities.text;

import org.pmf4j.modalities.text.tokenizer.Tokenizer;

/**
 * What is set before each text. Immutable.
 *
 * @param text empty for none
 * @param tokens how many tokens it has, with those of the tokenizer before it: of all that the
 *     tokenizer makes of it alone but a special token at the end, as sentence-transformers counts
 */
record Prompt(String text, int tokens) {
  /** A prompt of some text. */
  static Prompt of(String text, Tokenizer tokenizer, TextLimits limits) {
    if (text.isEmpty()) {
      return new Prompt(text, 0);
    }
    int[] ids = tokenizer.encode(text, limits.longest(), limits.fromLeft()).ids();
    boolean ends = ids.length > 0 && tokenizer.specialIds().contains(ids[ids.length - 1]);
    return new Prompt(text, ids.length - (ends ? 1 : 0));
  }
}
