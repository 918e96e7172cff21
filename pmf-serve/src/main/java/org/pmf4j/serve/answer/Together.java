package org.pmf4j.serve.answer;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.pmf4j.core.model.Prediction;

/** Waits for several predictions. Has no state: any thread may call it. */
public final class Together {
  private Together() {}

  /**
   * All of them, in order.
   *
   * @return done once all are, or one has failed; if it is cancelled, so are they
   */
  @SuppressWarnings("FutureReturnValueIgnored") // both act on what is returned
  public static CompletableFuture<List<Prediction>> of(
      List<CompletableFuture<Prediction>> answers) {
    CompletableFuture<List<Prediction>> all = new CompletableFuture<>();
    CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .whenComplete(
            (nothing, failure) -> {
              if (failure == null) {
                all.complete(answers.stream().map(CompletableFuture::join).toList());
              } else {
                all.completeExceptionally(failure);
              }
            });
    all.whenComplete(
        (done, failure) -> {
          if (failure != null) {
            answers.forEach(answer -> answer.cancel(false));
          }
        });
    return all;
  }
}
