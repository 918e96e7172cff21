package org.pmf4j.core.pool;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.batch.ModalityInput.TrunkOutput;

/**
 * Trunk outputs of recent inputs, those that were not asked for the longest given up first. Several
 * threads may use it at once.
 */
final class TrunkCache {
  private final long most;
  private final Map<TrunkKey, TrunkOutput<HostTensor>> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /**
   * An empty cache.
   *
   * @param most bytes that it may hold
   */
  TrunkCache(long most) {
    this.most = most;
  }

  synchronized Optional<TrunkOutput<HostTensor>> get(TrunkKey key) {
    return Optional.ofNullable(kept.get(key));
  }

  /** Keeps an output, unless it alone is more than may be kept. */
  synchronized void put(TrunkKey key, TrunkOutput<HostTensor> output) {
    long size = size(output);
    if (size > most || kept.containsKey(key)) {
      return;
    }
    kept.put(key, output);
    bytes += size;
    Iterator<TrunkOutput<HostTensor>> eldest = kept.values().iterator();
    while (bytes > most) {
      bytes -= size(eldest.next());
      eldest.remove();
    }
  }

  synchronized long bytes() {
    return bytes;
  }

  private static long size(TrunkOutput<HostTensor> output) {
    return output.tensors().stream().mapToLong(t -> t.data().remaining()).sum();
  }
}
