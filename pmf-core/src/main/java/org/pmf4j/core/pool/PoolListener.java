package org.pmf4j.core.pool;

/**
 * Hears how long a pool takes for what. Called by the threads that do the work, several at once:
 * implementations are quick, and throw nothing.
 */
public interface PoolListener {
  /** Hears nothing. */
  PoolListener NONE = new PoolListener() {};

  /** A value was decoded and prepared for its encoder. */
  default void decoded(String modality, long nanos) {}

  /** A record waited, prepared, for its batch. */
  default void queued(String model, long nanos) {}

  /** A batch began. */
  default void batch(int records) {}

  /** Layers below fusion were computed of samples that no cache had. */
  default void trunk(String modality, int samples, long nanos) {}

  /**
   * The layers that are fused were computed of a model's records.
   *
   * @param nanos of a batch with records of other models, their part of its time
   */
  default void fused(String model, int records, long nanos) {}

  /** A trunk output was there already, or was not. */
  default void cache(boolean hit) {}
}
