package org.pmf4j.core.pool;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.pmf4j.api.error.PmfException;

/**
 * Decodes samples, as many at once as there are processors: each uses one, and a picture's memory.
 * A content that several records have at the same time is decoded once. Several threads may use it
 * at once.
 */
final class Decoding {
  private final Semaphore places = new Semaphore(Runtime.getRuntime().availableProcessors());
  private final Map<TrunkKey, Shared> shared = new HashMap<>();

  /** A sample of some records. */
  private static final class Shared {
    /** How many records have it. */
    private int uses;

    private Sample sample;

    /** Who comes second waits for the first; where that one fails, it tries by itself. */
    synchronized Sample get(Supplier<Sample> decode) {
      if (sample == null) {
        sample = decode.get();
      }
      return sample;
    }
  }

  /**
   * Decodes a sample.
   *
   * @throws PmfException as {@code decode} throws it, or if this thread is interrupted
   */
  Sample decode(Supplier<Sample> decode) {
    try {
      places.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw PmfException.stopped("interrupted while a record waited to be decoded");
    }
    try {
      return decode.get();
    } finally {
      places.release();
    }
  }

  /**
   * The sample of a content, decoded unless another record has it. It is kept until as many have
   * {@link #release released} it as took it.
   *
   * @throws PmfException as {@link #decode} throws it; it is then not taken
   */
  Sample take(TrunkKey content, Supplier<Sample> decode) {
    Shared one;
    synchronized (shared) {
      one = shared.computeIfAbsent(content, c -> new Shared());
      one.uses++;
    }
    try {
      return one.get(() -> decode(decode));
    } catch (RuntimeException | Error e) {
      release(content);
      throw e;
    }
  }

  /** A record that took it needs it no more. */
  void release(TrunkKey content) {
    synchronized (shared) {
      Shared one = shared.get(content);
      one.uses--;
      if (one.uses == 0) {
        shared.remove(content);
      }
    }
  }

  /** How many contents are kept. */
  int kept() {
    synchronized (shared) {
      return shared.size();
    }
  }
}
