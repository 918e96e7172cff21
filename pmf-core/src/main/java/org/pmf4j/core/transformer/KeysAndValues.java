package org.pmf4j.core.transformer;

import org.pmf4j.api.tensor.Tensor;

/**
 * Keys and values of a memory: those of a sequence, then those of prompts.
 *
 * @param keys [B, H, M, e], not turned: prompts and the sequence's own tokens ask for them
 *     differently
 * @param turned keys of the sequence as its own tokens meet them, [B, H, S, e], where they are made
 *     of turned states and a sequence asks; else null
 * @param values [B, H, M, e]
 * @param mask BOOL [B, M], or null if every token is real
 * @param sequence of the keys, the first, which stand in a sequence, [B, H, S, e]; null in a layer
 *     whose attention does not depend on that
 * @param prompts the keys behind those, which stand nowhere, [B, H, M − S, e]; null where there is
 *     none, or no sequence
 */
record KeysAndValues(
    Tensor keys, Tensor turned, Tensor values, Tensor mask, Tensor sequence, Tensor prompts) {

  /** Of which none stands in a sequence, as far as attention knows. */
  static KeysAndValues nowhere(Tensor keys, Tensor values, Tensor mask) {
    return new KeysAndValues(keys, null, values, mask, null, null);
  }

  /** All of which stand in a sequence. */
  static KeysAndValues inSequence(Tensor keys, Tensor turned, Tensor values, Tensor mask) {
    return new KeysAndValues(keys, turned, values, mask, keys, null);
  }
}
