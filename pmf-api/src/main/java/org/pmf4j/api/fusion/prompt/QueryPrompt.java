package org.pmf4j.api.fusion.prompt;

import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.fusion.Parameters;
import org.pmf4j.api.fusion.Parameters.Role;

/**
 * QP of x → y: extracts from x what y needs; its output, mapped, becomes y's fusion prompt. Used by
 * whichever thread runs the program that it is part of, by several at once.
 *
 * @param vectors [n, d_x]
 * @since API version 2
 */
public record QueryPrompt(Parameter vectors) implements TrainedPrompt {
  /**
   * Makes one.
   *
   * @param prefix of its name, which ends in {@code query_prompt}
   * @param n number of vectors, 1 or more
   * @param width d_x
   * @param start how a new one begins
   */
  public static QueryPrompt make(
      String prefix, int n, int width, Parameters.Start start, Parameters parameters) {
    return new QueryPrompt(parameters.make(prefix + "query_prompt", Role.PLAIN, start, n, width));
  }
}
