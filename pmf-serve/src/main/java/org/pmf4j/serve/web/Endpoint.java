package org.pmf4j.serve.web;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Answers requests of one route. Several threads use it at once. */
@FunctionalInterface
public interface Endpoint {
  /**
   * Answers, now or later.
   *
   * @throws RuntimeException of which {@link Problems} makes a problem, as of what a later answer
   *     fails with
   */
  CompletionStage<Reply> answer(Call call);

  /** One that answers at once. */
  static Endpoint now(java.util.function.Function<Call, Reply> answer) {
    return call -> CompletableFuture.completedFuture(answer.apply(call));
  }
}
