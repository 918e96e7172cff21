package org.pmf4j.hub.fetch;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.pmf4j.api.error.PmfException;

/**
 * Waits no longer than the user does: each wait ends soon after the work was asked to stop, or its
 * thread was interrupted. Has no state of its own: any thread may call it.
 *
 * @param stop true once the work should end
 */
record Waits(BooleanSupplier stop) {
  private static final long SLICE = 100;

  /**
   * Goes on, unless the work was asked to stop.
   *
   * @throws PmfException of the kind STOPPED, if it was
   */
  void check() {
    if (stop.getAsBoolean() || Thread.currentThread().isInterrupted()) {
      throw stopped();
    }
  }

  private static PmfException stopped() {
    return PmfException.stopped(
        "stopped while a model was fetched; the same command goes on where it was");
  }

  /** Waits in any case. */
  void sleep(Duration duration) {
    CompletableFuture<Void> never = new CompletableFuture<>();
    try {
      within(never, duration);
    } catch (ExecutionException e) {
      throw new IllegalStateException("nobody ends it", e);
    }
  }

  /**
   * Waits for a result.
   *
   * @return nothing, if it took longer than it may
   * @throws ExecutionException if the result is a failure
   */
  <T> Optional<T> within(CompletableFuture<T> future, Duration longest) throws ExecutionException {
    long end = System.nanoTime() + longest.toNanos();
    while (true) {
      check();
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      try {
        return Optional.of(future.get(Math.max(0, Math.min(SLICE, left)), TimeUnit.MILLISECONDS));
      } catch (TimeoutException e) {
        if (left <= 0) {
          return Optional.empty();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw stopped();
      }
    }
  }
}
