package org.pmf4j.core.pool;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.pmf4j.core.model.Prediction;

/**
 * What will be the prediction of a record that was accepted. The record counts as accepted no more
 * by the time that it is seen to be done: what depends on a future may run before what was asked of
 * it first, so that nothing of that kind could count it. Several threads may use it at once.
 */
final class Answer extends CompletableFuture<Prediction> {
  private final Admission admission;
  private final AtomicBoolean isOver = new AtomicBoolean();

  /**
   * Of a record that has entered.
   *
   * @param admission which it leaves, once
   */
  Answer(Admission admission) {
    this.admission = admission;
  }

  @Override
  public boolean complete(Prediction prediction) {
    return leave() && super.complete(prediction);
  }

  @Override
  public boolean completeExceptionally(Throwable failure) {
    return leave() && super.completeExceptionally(failure);
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    return leave() ? super.cancel(mayInterruptIfRunning) : isCancelled();
  }

  /** True the first time. */
  private boolean leave() {
    boolean first = isOver.compareAndSet(false, true);
    if (first) {
      admission.leave();
    }
    return first;
  }
}
