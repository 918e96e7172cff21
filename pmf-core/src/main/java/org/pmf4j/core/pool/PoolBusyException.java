package org.pmf4j.core.pool;

import java.time.Duration;

/**
 * As many records are accepted and not answered as may be: come again later. Immutable, so that any
 * number of threads may share it.
 */
public final class PoolBusyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  PoolBusyException(int queue, Duration retryAfter) {
    super("too many requests: " + queue + " records wait for their answers already; try again");
    this.retryAfter = retryAfter;
  }

  /** About how long it takes until what is accepted now is answered. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
