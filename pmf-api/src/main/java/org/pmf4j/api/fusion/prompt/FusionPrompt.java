package org.pmf4j.api.fusion.prompt;

import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.tensor.Tensor;

/**
 * FP of x → y: what the query stage found in each sample's x, mapped into y's space, where the
 * fusion stage reads it. For the one thread that runs the program which makes it.
 *
 * @param vectors [B, n, d_y], of which each sample has its own
 * @since API version 2
 */
public record FusionPrompt(Tensor vectors) {
  /** The vectors as tokens without a place that are never padding. */
  public Tokens tokens() {
    return Tokens.prompts(vectors);
  }
}
