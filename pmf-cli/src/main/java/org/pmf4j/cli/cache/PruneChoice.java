package org.pmf4j.cli.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.pmf4j.core.trunk.TrunkCache;

/**
 * Which caches are to go. Immutable, so that any number of threads may share it.
 *
 * @param olderThan those go that were used last before so much time; null for none
 * @param maxSize of the others those go that were used longest ago, until no more than so many
 *     bytes are left; null for none
 */
record PruneChoice(Duration olderThan, Long maxSize) {

  /** Those to go, longest unused first. */
  List<TrunkCache> of(List<TrunkCache> all, Instant now) {
    List<TrunkCache> byUse = all.stream().sorted(Comparator.comparing(TrunkCache::used)).toList();
    long left = all.stream().mapToLong(TrunkCache::bytes).sum();
    List<TrunkCache> chosen = new ArrayList<>();
    for (TrunkCache cache : byUse) {
      boolean old = olderThan != null && cache.used().isBefore(now.minus(olderThan));
      if (old || maxSize != null && left > maxSize) {
        chosen.add(cache);
        left -= cache.bytes();
      }
    }
    return List.copyOf(chosen);
  }
}
