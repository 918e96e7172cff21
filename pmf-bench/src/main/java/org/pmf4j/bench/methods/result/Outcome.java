package org.pmf4j.bench.methods.result;

import java.util.List;

/**
 * What came of all cells. Immutable, so that any number of threads may share it.
 *
 * @param cells in the order of the plan
 * @param caches what cached trunk outputs cost
 */
public record Outcome(List<CellResult> cells, List<CacheCost> caches) {
  /** Copies the lists. */
  public Outcome {
    cells = List.copyOf(cells);
    caches = List.copyOf(caches);
  }
}
