package org.pmf4j.api.fusion.prompt;

import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.fusion.Parameters;
import org.pmf4j.api.fusion.Parameters.Role;

/**
 * QCP of x → y: gives the query prompt its context in x; its own output is not used. Used by
 * whichever thread runs the program that it is part of, by several at once.
 *
 * @param vectors [n, d_x]
 * @since API version 2
 */
public record QueryContextPrompt(Parameter vectors) implements TrainedPrompt {
  /**
   * Makes one.
   *
   * @param prefix of its name, which ends in {@code query_context_prompt}
   * @param n number of vectors, 1 or more
   * @param width d_x
   * @param start how a new one begins
   */
  public static QueryContextPrompt make(
      String prefix, int n, int width, Parameters.Start start, Parameters parameters) {
    return new QueryContextPrompt(
        parameters.make(prefix + "query_context_prompt", Role.PLAIN, start, n, width));
  }
}
