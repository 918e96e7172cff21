package org.pmf4j.hub.fetch;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
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
    within(new LinkedBlockingQueue<>(), duration);
  }

  /**
   * Waits for what is put into a queue.
   *
   * @return nothing, if it took longer than it may
   */
  <T> Optional<T> within(BlockingQueue<T> queue, Duration longest) {
    return until(longest, slice -> Optional.ofNullable(queue.poll(slice, TimeUnit.MILLISECONDS)));
  }

  /**
   * Waits for a result.
   *
   * @return nothing, if it took longer than it may
   * @throws CompletionException if the result is a failure
   */
  <T> Optional<T> within(CompletableFuture<T> future, Duration longest) {
    return until(
        longest,
        slice -> {
          try {
            return Optional.of(future.get(slice, TimeUnit.MILLISECONDS));
          } catch (TimeoutException e) {
            return Optional.empty();
          } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
          }
        });
  }

  private <T> Optional<T> until(Duration longest, Look<T> look) {
    long end = System.nanoTime() + longest.toNanos();
    while (true) {
      check();
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      try {
        Optional<T> found = look.within(Math.max(0, Math.min(SLICE, left)));
        if (found.isPresent() || left <= 0) {
          return found;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw stopped();
      }
    }
  }

  /** Waits some milliseconds at most. */
  @FunctionalInterface
  private interface Look<T> {
    Optional<T> within(long milliseconds) throws InterruptedException;
  }
}
