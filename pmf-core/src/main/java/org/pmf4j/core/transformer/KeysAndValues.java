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
 * @param sequence [B, N, d], states of the first tokens, which stand in a sequence, while the
 *     others stand nowhere; null in a layer whose attention does not depend on that
 * @param hasPrompts whether there are others
 */
record KeysAndValues(
    Tensor keys, Tensor turned, Tensor values, Tensor mask, Tensor sequence, boolean hasPrompts) {

  /** Keys of the sequence, [B, H, N, e]. */
  Tensor ofSequence() {
    return hasPrompts ? keys.sliceLike(2, sequence, 1) : keys;
  }

  /** Keys of prompts, [B, H, M − N, e]. */
  Tensor ofPrompts() {
    return keys.slice(2, sequence.dim(1), -1);
  }
}
