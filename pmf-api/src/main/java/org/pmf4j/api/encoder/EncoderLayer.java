package org.pmf4j.api.encoder;

import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;

/**
 * One layer of a transformer, as queries over memory. A prompt that only informs others adds to the
 * memory; only tokens whose output is needed are queries. This computes what running the whole
 * layer on all tokens and dropping rows computes. Used by whichever thread runs the program that it
 * is part of, by several at once.
 */
public interface EncoderLayer {
  /** The memory that these tokens make. */
  Memory memory(Tokens tokens);

  /**
   * The layer's output at the query tokens alone: attention, feed-forward network, residuals and
   * norms.
   *
   * @param queries [B, R, d] states that enter the layer; [1, R, d] where all samples share them.
   *     Those of a sequence are its first R tokens. Their mask is not read
   * @return [B, R, d], B being the memory's batch
   */
  Tensor attend(Tokens queries, Memory memory);

  /**
   * What follows from a sequence alone, whatever joins its memory later: a constant where the
   * tokens are constants, worked out once and kept with them. It comes back as {@link
   * Tokens#settled} and saves work, without changing what the layer computes. A layer that gains
   * nothing settles nothing.
   *
   * @param tokens a sequence that enters this layer
   * @return tensors [B, N, ...], by name
   */
  default Named<Tensor> settle(Tokens tokens) {
    return Named.none();
  }

  /** The plain layer: every token attends to all of them. */
  default Tokens apply(Tokens tokens) {
    return tokens.withStates(attend(tokens, memory(tokens)));
  }
}
