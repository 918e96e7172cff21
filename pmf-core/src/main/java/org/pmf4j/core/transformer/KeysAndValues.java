package org.pmf4j.core.transformer;

import org.pmf4j.api.tensor.Tensor;

/**
 * Keys and values of a memory: those of a sequence, then those of prompts.
 *
 * @param keys [B, H, M, e], not turned: prompts and the sequence's own tokens ask for them
 *     differently
 * @param turned keys of the sequence as its own tokens meet them, [B, H, sequence, e], where they
 *     are made of turned states and a sequence asks; else null
 * @param values [B, H, M, e]
 * @param mask BOOL [B, M], or null if every token is real
 * @param sequence how many of the keys, from the first, stand in a sequence, while the others stand
 *     nowhere; 0 in a layer whose attention does not depend on that
 */
record KeysAndValues(Tensor keys, Tensor turned, Tensor values, Tensor mask, long sequence) {

  /** True if some keys stand nowhere. */
  boolean hasPrompts() {
    return sequence != keys.dim(2);
  }
}
