package org.pmf4j.api.fusion.prompt;

import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.encoder.Tokens;

/**
 * Trainable vectors that enter a frozen layer beside its tokens (PMF, section 3). All samples of a
 * batch share them. Used by whichever thread runs the program that it is part of, by several at
 * once.
 *
 * @since API version 2
 */
public sealed interface TrainedPrompt permits QueryPrompt, QueryContextPrompt, FusionContextPrompt {
  /** The vectors, [n, d]; whoever made them owns and closes them. */
  Parameter vectors();

  /** The vectors as tokens without a place that are never padding, [1, n, d]; inside a program. */
  default Tokens tokens() {
    Parameter v = vectors();
    return Tokens.prompts(v.value().reshape(1, v.shape().dim(0), v.shape().dim(1)));
  }
}
