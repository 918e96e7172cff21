package org.pmf4j.modalities.text;

import java.util.Arrays;
import org.pmf4j.api.encoder.EncoderConfig;

/**
 * How short texts are made longer before anything is computed, with padding that counts as text:
 * SigLIP was trained so, and reads its vector at the last token.
 *
 * @param shortest the fewest tokens of a text; 0 where nothing is filled up
 * @param before whether the padding stands before the text
 */
record Filling(int shortest, boolean before) {

  /**
   * What belongs to an encoder.
   *
   * @param encoder its config.json
   * @throws org.pmf4j.api.error.PmfException if the tokenizer's padding_side is neither left nor
   *     right
   */
  static Filling of(EncoderConfig encoder, TokenizerFile file, TextLimits limits) {
    return ModelInputs.fillUp(encoder)
        ? new Filling(limits.longest(), file.padsLeft())
        : new Filling(0, false);
  }

  /** Its part in a fingerprint, of which padding behind a text is no part. */
  String name(String preprocessing) {
    return before ? preprocessing + ", padded before" : preprocessing;
  }

  /** The values, filled up where there are too few. */
  int[] apply(int[] values, int filler) {
    if (values.length >= shortest) {
      return values;
    }
    int[] all = new int[shortest];
    Arrays.fill(all, filler);
    System.arraycopy(values, 0, all, before ? shortest - values.length : 0, values.length);
    return all;
  }
}
