package org.pmf4j.hub.fetch;

import java.time.Duration;

/**
 * How often and after how long what failed is tried again, as huggingface_hub does. Immutable, so
 * that any number of threads may share it.
 *
 * @param retries after the first try
 * @param first before the first of them; each next one waits twice as long
 * @param longest of these waits
 * @param patience the longest wait that a server may ask for
 */
record Backoff(int retries, Duration first, Duration longest, Duration patience) {
  static final Backoff USUAL =
      new Backoff(5, Duration.ofSeconds(1), Duration.ofSeconds(8), Duration.ofMinutes(5));

  /** Before a retry, counted from 0. */
  Duration before(int retry) {
    Duration wait = first.multipliedBy(1L << Math.min(retry, 20));
    return wait.compareTo(longest) < 0 ? wait : longest;
  }
}
