package org.pmf4j.core.pool;

import java.time.Duration;
import org.pmf4j.api.error.PmfException;

/** Counts the records that are accepted and not answered. Several threads may use it at once. */
final class Admission {
  /** How much of the mean the last record makes. */
  private static final double SHARE = 0.05;

  private final int most;
  private int accepted;
  private boolean closed;
  private long lastAnswer = System.nanoTime();
  private double nanosPerRecord = 1e7;

  Admission(int most) {
    this.most = most;
  }

  /**
   * Accepts records, all or none.
   *
   * @throws PoolBusyException if that were too many
   * @throws IllegalStateException once it is closed
   * @throws PmfException for more than may ever be accepted
   */
  synchronized void enter(int records) {
    if (closed) {
      throw new IllegalStateException("the pool is closed");
    }
    if (records > most) {
      throw PmfException.usage(
          "a request of " + records + " records is too large; send at most " + most + " at once");
    }
    if (accepted + records > most) {
      throw new PoolBusyException(
          accepted, Duration.ofNanos((long) (nanosPerRecord * Math.max(1, accepted))));
    }
    if (accepted == 0) {
      lastAnswer = System.nanoTime();
    }
    accepted += records;
  }

  /** A record was answered, or given up. */
  synchronized void leave() {
    long now = System.nanoTime();
    nanosPerRecord += SHARE * (now - lastAnswer - nanosPerRecord);
    lastAnswer = now;
    accepted--;
    notifyAll();
  }

  synchronized int accepted() {
    return accepted;
  }

  /** Lets no record in any more, and waits until all are answered, through interrupts. */
  synchronized void close() {
    closed = true;
    boolean interrupted = false;
    while (accepted > 0) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
