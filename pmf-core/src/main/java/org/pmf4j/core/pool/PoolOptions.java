package org.pmf4j.core.pool;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.pmf4j.core.encoder.MatrixPrecision;

/**
 * Bounds of a pool. Immutable, so that any number of threads may share it.
 *
 * @param maxDelay how long a record waits at most for others to share a batch with, 0 or more; one
 *     that comes alone, while no other is being prepared, does not wait
 * @param maxBatch records that are computed at once, at most: 1 or more
 * @param queue records that may be accepted and not answered at any time: 1 or more
 * @param cacheBytes memory on the Java heap for trunk outputs of recent inputs: 0 or more
 * @param precision of frozen matrices; empty for that which each model was trained with
 */
public record PoolOptions(
    Duration maxDelay,
    int maxBatch,
    int queue,
    long cacheBytes,
    Optional<MatrixPrecision> precision) {
  private static final long MOST_CACHED = 256L << 20;
  private static final int SHARE_OF_HEAP = 4;

  /**
   * Refuses what is out of range.
   *
   * @throws IllegalArgumentException naming the first
   */
  public PoolOptions {
    Objects.requireNonNull(maxDelay, "maxDelay");
    if (maxDelay.isNegative() || maxBatch < 1 || queue < 1 || cacheBytes < 0) {
      throw new IllegalArgumentException(
          "maxDelay "
              + maxDelay
              + ", maxBatch "
              + maxBatch
              + ", queue "
              + queue
              + ", cacheBytes "
              + cacheBytes);
    }
  }

  /** Each model's own precision. */
  public PoolOptions(Duration maxDelay, int maxBatch, int queue, long cacheBytes) {
    this(maxDelay, maxBatch, queue, cacheBytes, Optional.empty());
  }

  /**
   * 3 ms, batches of 32, 256 records, and for the cache a quarter of the Java heap, but not more
   * than 256 MiB.
   */
  public static PoolOptions standard() {
    long cache = Math.min(MOST_CACHED, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    return new PoolOptions(Duration.ofMillis(3), 32, 256, cache);
  }

  /** The same with another longest wait. */
  public PoolOptions withMaxDelay(Duration other) {
    return new PoolOptions(other, maxBatch, queue, cacheBytes, precision);
  }

  /** The same with other batches. */
  public PoolOptions withMaxBatch(int other) {
    return new PoolOptions(maxDelay, other, queue, cacheBytes, precision);
  }

  /** The same with another bound on what is accepted. */
  public PoolOptions withQueue(int other) {
    return new PoolOptions(maxDelay, maxBatch, other, cacheBytes, precision);
  }

  /** The same with another cache. */
  public PoolOptions withCacheBytes(long other) {
    return new PoolOptions(maxDelay, maxBatch, queue, other, precision);
  }

  /** The same with frozen matrices of all models in one precision. */
  public PoolOptions withPrecision(MatrixPrecision other) {
    return new PoolOptions(maxDelay, maxBatch, queue, cacheBytes, Optional.of(other));
  }
}
