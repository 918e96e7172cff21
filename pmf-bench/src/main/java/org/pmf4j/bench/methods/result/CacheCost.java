package org.pmf4j.bench.methods.result;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What the cached trunk outputs of a variant cost. Immutable, so that any number of threads may
 * share it.
 *
 * @param variant its name
 * @param seconds spent on what other variants had not cached before
 * @param bytes on disk by folder; variants may share folders
 */
public record CacheCost(String variant, double seconds, Map<String, Long> bytes) {

  /** Bytes of all folders of some variants, each counted once. */
  public static long bytes(Collection<CacheCost> costs) {
    Map<String, Long> folders = new HashMap<>();
    costs.forEach(c -> folders.putAll(c.bytes()));
    return folders.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Seconds of all of them. */
  public static double seconds(Collection<CacheCost> costs) {
    return costs.stream().mapToDouble(CacheCost::seconds).sum();
  }
}
