package org.pmf4j.api.fusion;

import org.pmf4j.api.tensor.Tensor;

/**
 * Trainable vectors that enter a frozen layer beside its tokens (PMF, section 3). All samples of a
 * batch share them. Used by whichever thread runs the program that it is part of, by several at
 * once.
 *
 * @deprecated since version 2: {@link org.pmf4j.api.fusion.prompt.TrainedPrompt} holds its
 *     parameter
 */
@Deprecated(since = "2")
public sealed interface Prompt {
  /** The vectors, [1, n, d]. */
  Tensor vectors();

  /**
   * QP of x → y: extracts from x what y needs; its output, mapped, becomes y's fusion prompt.
   *
   * @param vectors [1, n, d_x]
   */
  record QueryPrompt(Tensor vectors) implements Prompt {}

  /**
   * QCP of x → y: gives the query prompt its context in x; its own output is not used.
   *
   * @param vectors [1, n, d_x]
   */
  record QueryContextPrompt(Tensor vectors) implements Prompt {}

  /**
   * FCP of y: gives the fused information its context in y; its own output is not used.
   *
   * @param vectors [1, n, d_y]
   */
  record FusionContextPrompt(Tensor vectors) implements Prompt {}
}
