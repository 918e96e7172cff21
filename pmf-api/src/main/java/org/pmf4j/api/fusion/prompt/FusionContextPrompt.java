package org.pmf4j.api.fusion.prompt;

import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.fusion.Parameters;
import org.pmf4j.api.fusion.Parameters.Role;

/**
 * FCP of y: gives the fused information its context in y; its own output is not used. Used by
 * whichever thread runs the program that it is part of, by several at once.
 *
 * @param vectors [n, d_y]
 * @since API version 2
 */
public record FusionContextPrompt(Parameter vectors) implements TrainedPrompt {
  /**
   * Makes one.
   *
   * @param prefix of its name, which ends in {@code fusion_context_prompt}
   * @param n number of vectors, 1 or more
   * @param width d_y
   * @param start how a new one begins
   */
  public static FusionContextPrompt make(
      String prefix, int n, int width, Parameters.Start start, Parameters parameters) {
    return new FusionContextPrompt(
        parameters.make(prefix + "fusion_context_prompt", Role.PLAIN, start, n, width));
  }
}
